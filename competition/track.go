package competition

// A Track is one strand of a competition, such as skills, innovation or safety.
// How many there are, and which, differs from place to place, so an edition
// lists them. The key is unique within its edition; the title is the official
// wording.
type Track struct {
	Key   string `json:"key"`
	Title string `json:"title"`
}
