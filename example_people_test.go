package union_test

import (
	"encoding/json"
	"fmt"

	"github.com/unioncampaign/union"
)

// A person's record prints, logs and encodes itself masked.
func ExampleName() {
	record := struct {
		Name union.Name     `json:"name"`
		ID   union.IDNumber `json:"id"`
	}{}
	err := json.Unmarshal([]byte(`{"name":"王小明","id":"11010519491231002X"}`), &record)
	fmt.Println(err)
	fmt.Printf("%v\n", record)
	data, _ := json.Marshal(record)
	fmt.Println(string(data))
	fmt.Println(record.Name.Reveal())
	// Output:
	// <nil>
	// {王** 110105**********2X}
	// {"name":"王**","id":"110105**********2X"}
	// 王小明
}

func ExampleNewName() {
	name, err := union.NewName("欧阳明")
	fmt.Println(name, err)
	_, err = union.NewName("欧**")
	fmt.Println(err)
	// Output:
	// 欧** <nil>
	// cannot be read: got a masked name, want a whole name
}

// The older number of 15 digits is the same person's number.
func ExampleParseIDNumber() {
	long, _ := union.ParseIDNumber("11010519491231002X")
	short, _ := union.ParseIDNumber("110105491231002")
	fmt.Println(long, long == short)
	_, err := union.ParseIDNumber("110105194912310021")
	fmt.Println(err)
	// Output:
	// 110105**********2X true
	// cannot be read: got another check character, want one that agrees with the number
}

func ExampleIDNumber_Birth() {
	number, _ := union.ParseIDNumber("11010519491231002X")
	fmt.Println(number.Birth())
	// Output: 1949-12-31
}

func ExampleParseCreditCode() {
	code, err := union.ParseCreditCode("91350100M000100Y43")
	fmt.Println(code, err)
	fmt.Println(code.Reveal())
	// Output:
	// 91************0Y43 <nil>
	// 91350100M000100Y43
}

// A list is checked without keeping a code of it.
func ExampleCheckCreditCode() {
	fmt.Println(union.CheckCreditCode("91350100M000100Y43"))
	fmt.Println(union.CheckCreditCode("91350100M000100Y44"))
	// Output:
	// <nil>
	// cannot be read: got another check character, want one that agrees with the code
}

// Two towns count who attended; one member was at both meetings.
func ExampleRegister() {
	var east, west, county union.Register
	for _, token := range []string{"m-001", "m-002", "m-001"} {
		if _, err := east.Add(token); err != nil {
			fmt.Println(err)
		}
	}
	if _, err := west.Add("m-002"); err != nil {
		fmt.Println(err)
	}
	for _, town := range []union.Register{east, west} {
		if err := county.Merge(town); err != nil {
			fmt.Println(err)
		}
	}
	fmt.Println(east.Len()+west.Len(), "by towns,", county.Len(), "in the county")
	// Output: 3 by towns, 2 in the county
}

func ExampleRegister_Add() {
	var register union.Register
	fmt.Println(register.Add("m-001"))
	fmt.Println(register.Add("m-001"))
	fmt.Println(register.Add("11010519491231002X"))
	// Output:
	// true <nil>
	// false <nil>
	// false cannot be read: got an identity number, want a token that says nothing about a person
}

// A record is checked before anything is counted of it.
func ExampleCheckToken() {
	fmt.Println(union.CheckToken("m-001"))
	fmt.Println(union.CheckToken("member 1"))
	// Output:
	// <nil>
	// cannot be read: got a token with a space or a character that is not printable, want a token
}

func ExampleRegister_Merge() {
	var first, second union.Register
	_, _ = first.Add("m-001")
	_, _ = second.Add("m-002")
	fmt.Println(first.Merge(second), first.All())
	// Output: <nil> [m-001 m-002]
}

func ExampleRegister_Has() {
	var register union.Register
	_, _ = register.Add("m-001")
	fmt.Println(register.Has("m-001"), register.Has("m-002"))
	// Output: true false
}

func ExampleRegister_All() {
	var register union.Register
	_, _ = register.Add("m-002")
	_, _ = register.Add("m-001")
	fmt.Println(register.All())
	// Output: [m-001 m-002]
}

func ExampleRegister_Len() {
	var register union.Register
	_, _ = register.Add("m-001")
	_, _ = register.Add("m-001") // comes again
	fmt.Println(register.Len())
	// Output: 1
}
