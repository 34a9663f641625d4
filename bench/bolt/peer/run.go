package peer

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// Line is what one engine gives for one measure.
type Line struct {
	Engine  string  `json:"engine"`
	Measure string  `json:"measure"`
	Unit    string  `json:"unit"`
	Median  float64 `json:"median"`
	P95     float64 `json:"p95"`
	N       int     `json:"n"`
	Result  string  `json:"result,omitempty"`
	Failed  string  `json:"failed,omitempty"` // why there is no figure
}

// enough is after how long a question is given no more parameters.
const enough = 20 * time.Second

// opens is how often a database is opened.
const opens = 5

// runner measures one engine.
type runner struct {
	engine string
	asked  Questions
	emit   func(Line)
}

// Run measures an engine on the workload in the folder work, with its database
// in dir, and hands each line to emit as it comes. A question that fails is a
// line that says so, and the rest goes on.
func Run(name string, e Engine, work, dir string, emit func(Line)) error {
	asked, err := ReadQuestions(work)
	if err != nil {
		return err
	}
	more, err := readMore(work)
	if err != nil {
		return err
	}
	r := &runner{engine: name, asked: asked, emit: emit}
	if err := r.load(e, work, dir); err != nil {
		return err
	}
	s, err := r.open(e, dir)
	if err != nil {
		return err
	}
	r.questions(s, more)
	if err := s.Close(); err != nil {
		return err
	}
	return r.memory(e)
}

func (r *runner) one(measure, unit string, value float64) {
	r.emit(Line{Engine: r.engine, Measure: measure, Unit: unit, Median: value, P95: value, N: 1})
}

func (r *runner) load(e Engine, work, dir string) error {
	if p, ok := e.(Preparer); ok {
		if err := p.Prepare(dir); err != nil {
			return fmt.Errorf("prepare: %w", err)
		}
	}
	start := time.Now()
	if err := e.Load(filepath.Join(work, QuadsFile), dir); err != nil {
		return fmt.Errorf("load: %w", err)
	}
	quads := float64(r.asked.Quads)
	r.one("load", "quads/s", quads/time.Since(start).Seconds())
	if _, ok := e.(Volatile); ok {
		return nil
	}
	size, err := sizeOf(e, dir)
	if err != nil {
		return fmt.Errorf("size: %w", err)
	}
	r.one("bytes_per_quad", "B", float64(size)/quads)
	return nil
}

func sizeOf(e Engine, dir string) (size int64, err error) {
	if s, ok := e.(Sizer); ok {
		return s.Size()
	}
	err = filepath.Walk(dir, func(_ string, f os.FileInfo, err error) error {
		if err == nil && f.Mode().IsRegular() {
			size += f.Size()
		}
		return err
	})
	return size, err
}

// open measures opening, and returns the store open.
func (r *runner) open(e Engine, dir string) (Store, error) {
	if _, ok := e.(Volatile); ok {
		return e.Open(dir, r.asked.Vocabulary)
	}
	var times []time.Duration
	for {
		start := time.Now()
		s, err := e.Open(dir, r.asked.Vocabulary)
		if err != nil {
			return nil, fmt.Errorf("open: %w", err)
		}
		answer, err := s.Title(r.asked.Q6[0].Report)
		if err != nil {
			return nil, fmt.Errorf("open: %w", err)
		}
		times = append(times, time.Since(start))
		if n := len(answer()); n != 1 {
			return nil, fmt.Errorf("open: a report has %d titles", n)
		}
		if len(times) == opens {
			r.emit(r.line("open", times))
			return s, nil
		}
		if err := s.Close(); err != nil {
			return nil, err
		}
	}
}

// questions asks all, and the one that writes last: the others are to see one
// and the same state.
func (r *runner) questions(s Store, more []Quad) {
	q := r.asked
	ask(r, "q1", q.Q1, func(p Ends) (Answer, error) { return s.TwoHop(p.A, p.B) })
	ask(r, "q2", q.Q2, func(p Ends) (Answer, error) { return s.Pair(p.A, p.B) })
	ask(r, "q3", q.Q3, func(p Period) (Answer, error) { return s.Officials(p.State, p.Since, p.Until) })
	ask(r, "q4", q.Q4, func(struct{}) (Answer, error) { return s.CountByRelation() })
	ask(r, "q5", q.Q5, func(p Ends) (Answer, error) { return s.Hops(p.A, p.B) })
	ask(r, "q6", q.Q6, func(p Of) (Answer, error) { return s.Report(p.Report) })
	ask(r, "q9", q.Q9, func(p Ends) (Answer, error) { return s.InOrder(p.A, p.B) })
	ask(r, "q8", q.Q8, func(p Ends) (Answer, error) { return s.Reach(p.A) })
	ask(r, "q7", q.Q7, func(p Range) (Answer, error) { return s.Add(more[p.First:p.Last]) })
}

// ask times a question for each parameter, having asked it once before, and
// emits the line. What is written can be written only once, so q7 is not asked
// before.
func ask[P any](r *runner, measure string, params []P, question func(P) (Answer, error)) {
	begin := time.Now()
	var times []time.Duration
	var result strings.Builder
	for _, p := range params {
		if len(times) > 0 && time.Since(begin) > enough {
			break
		}
		if measure != "q7" {
			if _, err := question(p); err != nil {
				r.fail(measure, err)
				return
			}
		}
		start := time.Now()
		answer, err := question(p)
		took := time.Since(start)
		if err != nil {
			r.fail(measure, err)
			return
		}
		times = append(times, took)
		result.WriteString(Digest(measure, answer()))
	}
	line := r.line(measure, times)
	line.Result = result.String()
	r.emit(line)
}

func (r *runner) fail(measure string, err error) {
	text := err.Error()
	if !errors.Is(err, ErrCannot) {
		text = "failed: " + text
	}
	r.emit(Line{Engine: r.engine, Measure: measure, Unit: "us", Failed: text})
}

// line makes the line of a measure from its times.
func (r *runner) line(measure string, times []time.Duration) Line {
	slices.SortFunc(times, cmp.Compare[time.Duration])
	us := func(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1e3 }
	n := len(times)
	median := (us(times[(n-1)/2]) + us(times[n/2])) / 2
	return Line{Engine: r.engine, Measure: measure, Unit: "us", Median: median, P95: us(times[(n*95+99)/100-1]), N: n}
}

// Digest is the part of `result` that stands for one answer.
func Digest(measure string, answer []string) string {
	if measure != "q2" { // which has an order of its own
		slices.Sort(answer)
		answer = slices.Compact(answer)
	}
	sum := sha256.Sum256([]byte(strings.Join(answer, "\n")))
	return hex.EncodeToString(sum[:4])
}

// memory emits the peak of resident memory.
func (r *runner) memory(e Engine) error {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return err
	}
	kib := u.Maxrss
	if s, ok := e.(Resident); ok {
		more, err := s.Resident()
		if err != nil {
			return err
		}
		kib += more
	}
	r.one("rss", "MiB", float64(kib)/1024)
	return nil
}
