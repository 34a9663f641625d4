package peer

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"time"

	"github.com/cayleygraph/quad/nquads"
)

// The files of a workload.
const (
	QuadsFile     = "quads.nq"
	MoreFile      = "more.nq"
	QuestionsFile = "questions.json"
)

// Ends are the parameters of the questions with two entities.
type Ends struct {
	A string `json:"a"`
	B string `json:"b,omitempty"`
}

// Period is a parameter of question 3.
type Period struct {
	State string    `json:"state"`
	Since time.Time `json:"since"`
	Until time.Time `json:"until"`
}

// Of is a parameter of question 6.
type Of struct {
	Report string `json:"report"`
}

// Range is a parameter of question 7: lines of more.nq, half-open, from 0.
type Range struct {
	First int `json:"first"`
	Last  int `json:"last"`
}

// Questions are the parameters of a workload.
type Questions struct {
	Quads int `json:"quads"` // lines of quads.nq; no quad is there twice
	Vocabulary
	Q1 []Ends     `json:"q1"`
	Q2 []Ends     `json:"q2"`
	Q3 []Period   `json:"q3"`
	Q4 []struct{} `json:"q4"`
	Q5 []Ends     `json:"q5"`
	Q6 []Of       `json:"q6"`
	Q7 []Range    `json:"q7"`
	Q8 []Ends     `json:"q8"`
	Q9 []Ends     `json:"q9"`
}

// ReadQuestions reads the parameters in a folder.
func ReadQuestions(work string) (q Questions, err error) {
	text, err := os.ReadFile(filepath.Join(work, QuestionsFile))
	if err == nil {
		err = json.Unmarshal(text, &q)
	}
	return q, err
}

// ErrCannot is the error of a question that an engine has no way to answer; its
// text goes on to say why.
var ErrCannot = errors.New("cannot")

// readMore reads the quads that question 7 adds.
func readMore(work string) ([]Quad, error) {
	var quads []Quad
	file := filepath.Join(work, MoreFile)
	err := EachLine(file, func(terms [4]string) error {
		q, err := nquads.Parse(terms[0] + " " + terms[1] + " " + terms[2] + " " + terms[3] + " .")
		quads = append(quads, Quad{Quad: q, Terms: terms})
		return err
	})
	return quads, err
}
