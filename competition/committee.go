package competition

// A Committee organises the competition at one level: the city's federation and
// bureau of work safety, the entrant's own office. The level is in the words of the
// notice.
type Committee struct {
	Level      string   `json:"level"`
	Organisers []string `json:"organisers"`
}
