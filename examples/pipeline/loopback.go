package main

import (
	"fmt"
	"net"
	"time"
)

// patience is how long the loopback interface may take to answer.
const patience = 2 * time.Second

// checkLoopback refuses to run where nothing can be reached over the loopback
// interface, by which prism and its workers talk: they would wait for ever, and say
// nothing.
func checkLoopback(dial func(address string) error) error {
	listener, err := net.Listen("tcp", "localhost:0")
	if err == nil {
		defer listener.Close()
		err = dial(listener.Addr().String())
	}
	if err != nil {
		return fmt.Errorf("the loopback interface cannot be used, without which this runner waits for ever: %w", err)
	}
	return nil
}

// dial reaches an address once.
func dial(address string) error {
	connection, err := net.DialTimeout("tcp", address, patience)
	if err != nil {
		return err
	}
	return connection.Close()
}
