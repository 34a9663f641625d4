// Command train fits the judge, which decides what the frames may read, to gold
// reports, and measures it on folds split by report.
//
//	go run ./loader/train -gold data/gold/learn,… -o data/judge.model
package main

import (
	"flag"
	"fmt"
	"hash/fnv"
	"log"
	"slices"
	"strings"
	"sync"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/data"
	"github.com/entente-kg/entente/internal/event"
	"github.com/entente-kg/entente/internal/gold"
	"github.com/entente-kg/entente/loader"
)

var uncovered = flag.Bool("uncovered", false, "print claims that no candidate reaches")

var crate = flag.Float64("crate", 0.02, "")
var fireL2 = flag.Float64("fl2", 0.1, "")
var fireRate = flag.Float64("frate", 0.01, "")
var fireEpochs = flag.Int("fepochs", 30, "")
var cepochs = flag.Int("cepochs", 15, "")

func main() {
	log.SetFlags(0)
	dirs := flag.String("gold", "", "gold folders, parted by commas")
	bits := flag.Int("bits", 20, "of the table of weights")
	folds := flag.Int("folds", 5, "folds of the measure")
	epochs := flag.Int("epochs", 12, "")
	rate := flag.Float64("rate", 0.05, "")
	l2 := flag.Float64("l2", 1e-4, "")
	misses := flag.Bool("misses", false, "")
	flag.Parse()
	if err := run(strings.Split(*dirs, ","), *bits, *folds, event.Learning{Epochs: *epochs, Rate: *rate, L2: *l2, Seed: 1}, *misses); err != nil {
		log.Fatal(err)
	}
}

// report is a gold report that is parsed.
type report struct {
	gold.Report
	dir     string
	doc     *event.Document
	choices []event.Choice
	lost    int
	claimOf []int // example → gold claim, -1 for none
	found   []event.Example
	same    map[[2]string]bool
}

func (r *report) is(id entente.EntityID, name string) bool {
	key := [2]string{string(id), name}
	yes, known := r.same[key]
	if !known {
		yes = r.Same(r.doc.Names.Entity(id).Name, name)
		r.same[key] = yes
	}
	return yes
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

func run(dirs []string, bits, folds int, how event.Learning, misses bool) error {
	read, err := loader.New()
	if err != nil {
		return err
	}
	frames, err := event.ReadFrames(data.FS)
	if err != nil {
		return err
	}
	var reports []*report
	for _, dir := range dirs {
		golds, err := gold.Read(dir)
		if err != nil {
			return err
		}
		for _, g := range golds {
			doc, _, err := read.Analyse(loader.Source{Name: g.Name + ".json", Data: g.Raw}, loader.Meta{})
			if err != nil {
				return err
			}
			reports = append(reports, &report{Report: g, dir: dir, doc: doc, same: map[[2]string]bool{}})
		}
	}
	covered, total, n := 0, 0, 0
	for _, r := range reports {
		c := r.label(frames)
		covered, total, n = covered+c, total+len(r.Claims), n+len(r.found)
	}
	lost := 0
	for _, r := range reports {
		lost += r.lost
	}
	fmt.Printf("%d dates that no option has\n", lost)
	fmt.Printf("%d reports, %d claims, %d in reach of a candidate, %d candidates\n", len(reports), total, covered, n)
	var judges []*event.Judge
	var wg sync.WaitGroup
	for f := range folds {
		judges = append(judges, nil)
		wg.Add(1)
		go func() {
			defer wg.Done()
			judges[f] = train(reports, func(r *report) bool { return fold(r.Name, folds) != f }, bits, how)
		}()
		if f%2 == 1 {
			wg.Wait()
		}
	}
	wg.Wait()
	if *uncovered {
		diagnose(reports, judges, folds)
		for _, r := range reports {
			j := judges[fold(r.Name, folds)]
			best := map[int]int{}
			score := func(i int) float64 { return j.Fill(r.found[i]) * j.Fire(r.found[i].Fire, nil) }
			for i, n := range r.claimOf {
				if n < 0 {
					continue
				}
				if b, ok := best[n]; !ok || score(b) < score(i) {
					best[n] = i
				}
			}
			for n, i := range best {
				e := r.found[i]
				c := r.Claims[n]
				tok := r.doc.Sentences[e.Sentence].Tokens[e.Token]
				fmt.Printf("COV %s %.3f %v %s | %s | %s @%s\n     %s\n", r.Name, score(i), e.Proposed, c.Relation, c.Subject, c.Object, tok.Text, squeeze(c.Evidence))
			}
		}
	}
	for _, th := range []float64{0.2, 0.3, 0.4, 0.5} {
		for _, dir := range append(slices.Clone(dirs), "") {
			tp, pred, all := 0, 0, 0
			date, status := 0, 0
			for _, r := range reports {
				if dir != "" && r.dir != dir {
					continue
				}
				j := judges[fold(r.Name, folds)]
				j.Threshold = th
				claims, _ := frames.Claims(r.doc, j)
				t := r.Score(records(r.doc, claims))
				tp, pred, all = tp+t.Strict, pred+t.Pred, all+t.Gold
				date, status = date+t.Date, status+t.Status
				if th == 0.4 && misses && dir == "" {
					for _, c := range t.Missed {
						fmt.Printf("%s MISS %s | %s | %s\n      %s\n", r.Name, c.Relation, c.Subject, c.Object, squeeze(c.Evidence))
					}
					for _, c := range t.Wrong {
						fmt.Printf("%s FALSE %.2f %s | %s | %s\n      %s\n", r.Name, c.Confidence, c.Relation, c.Subject.Name, c.Object.Name, squeeze(c.Text))
					}
				}
			}
			p, rc := float64(tp)/float64(max(pred, 1)), float64(tp)/float64(max(all, 1))
			fmt.Printf("  %.2f %-28s P %.3f R %.3f F1 %.3f date %.3f status %.3f (%d)\n", th, dir, p, rc, 2*p*rc/(p+rc+1e-9), float64(date)/float64(max(tp, 1)), float64(status)/float64(max(tp, 1)), all)
		}
	}
	return nil
}

func fold(name string, folds int) int {
	h := fnv.New32a()
	h.Write([]byte(name))
	return int(h.Sum32()>>8) % folds
}

func records(doc *event.Document, claims []entente.Claim) []entente.Record {
	out := make([]entente.Record, len(claims))
	for i, c := range claims {
		out[i] = entente.NewRecord(c, doc.Report.Text, doc.Names.Entity)
	}
	return out
}

// label finds the candidates of a report and which of them gold tells; it
// returns how many of gold's claims have one.
func (r *report) label(frames *event.Frames) int {
	sentences := make([]string, len(r.doc.Sentences))
	for i, s := range r.doc.Sentences {
		sentences[i] = squeeze(s.Span.Of(r.doc.Report.Text))
	}
	evidence := make([]string, len(r.Claims))
	for i, c := range r.Claims {
		evidence[i] = squeeze(c.Evidence)
	}
	here := map[int]bool{}
	told := map[[2]int]bool{}
	which := func(e event.Example) int {
		elsewhere := -1
		for n, c := range r.Claims {
			if c.Relation != e.Relation {
				continue
			}
			if !(r.is(e.Subject, c.Subject) && r.is(e.Object, c.Object)) && !(e.Relation.IsSymmetric() && r.is(e.Subject, c.Object) && r.is(e.Object, c.Subject)) {
				continue
			}
			if s := sentences[e.Sentence]; strings.Contains(evidence[n], s) || strings.Contains(s, evidence[n]) {
				return n
			}
			elsewhere = n
		}
		if elsewhere >= 0 {
			return -2 - elsewhere
		}
		return -1
	}
	var cls []int
	r.found = frames.Examples(r.doc, func(e *event.Example) bool {
		n := which(*e)
		cls = append(cls, n)
		if n >= 0 && !told[[2]int{n, e.Sentence}] {
			r.choose2(e, r.Claims[n])
			told[[2]int{n, e.Sentence}] = true
			return true
		}
		return false
	})
	r.claimOf = cls
	for _, n := range cls {
		if n >= 0 {
			here[n] = true
		}
	}
	if *uncovered {
		for n, c := range r.Claims {
			if here[n] {
				continue
			}
			fmt.Printf("UNCOVERED %s %s | %s | %s\n   %s\n", r.Name, c.Relation, c.Subject, c.Object, evidence[n])
		}
	}
	return len(here)
}

var spoken = map[entente.Relation]bool{entente.Accused: true, entente.Requested: true, entente.Rejected: true, entente.Threatened: true, entente.Supported: true}

// train fits a judge to the reports that in picks.
func train(reports []*report, in func(*report) bool, bits int, how event.Learning) *event.Judge {
	var own []*report
	for _, r := range reports {
		if in(r) {
			own = append(own, r)
		}
	}
	var j *event.Judge
	for range 2 {
		// the second step on halves, so that the first learns from what it says of others
		half := [2]*event.Judge{event.NewJudge(bits), event.NewJudge(bits)}
		labels := make([][]int, len(own))
		for n, r := range own {
			labels[n] = r.choose(j)
		}
		next := event.NewJudge(bits)
		var all, parts [2][]event.Labelled
		for n, r := range own {
			x := r.fills(labels[n])
			all[0] = append(all[0], x...)
			parts[n%2] = append(parts[n%2], x...)
		}
		next.LearnFill(all[0], how)
		for h := range half {
			half[h].LearnFill(parts[1-h], how)
		}
		h := how
		h.L2, h.Rate, h.Epochs = *fireL2, *fireRate, *fireEpochs
		var fires [3][]event.Labelled
		for n, r := range own {
			x := r.fires(labels[n], half[n%2])
			fires[2] = append(fires[2], x...)
			fires[n%2] = append(fires[n%2], x...)
		}
		next.LearnFire(fires[2], h)
		half[0].LearnFire(fires[1], h)
		half[1].LearnFire(fires[0], h)
		var finals []event.Labelled
		for n, r := range own {
			finals = append(finals, r.finals(labels[n], half[n%2])...)
		}
		h.L2, h.Rate, h.Epochs = 1e-3, 0.02, 6
		next.LearnFinal(finals, h)
		j = next
	}
	var choices []event.Choice
	for _, r := range own {
		choices = append(choices, r.choices...)
	}
	h := how
	h.Rate = *crate
	h.Epochs = *cepochs
	j.LearnChoices(choices, h)
	return j
}

// choose labels the examples of a report: 1 a claim, 0 none, -1 neither. A claim
// in a sentence has one trigger: one that a frame proposes, or the likeliest.
func (r *report) choose(j *event.Judge) []int {
	best := map[[2]int]int{}
	score := func(i int) float64 {
		s := 0.3 * float64(r.found[i].Trust)
		if j != nil {
			s += j.Fill(r.found[i]) * j.Fire(r.found[i].Fire, nil)
		}
		return s
	}
	for i, n := range r.claimOf {
		key := [2]int{n, r.found[i].Sentence}
		if b, ok := best[key]; n >= 0 && (!ok || score(i) > score(b)) {
			best[key] = i
		}
	}
	out := make([]int, len(r.found))
	for i, n := range r.claimOf {
		switch {
		case n >= 0 && best[[2]int{n, r.found[i].Sentence}] == i:
			out[i] = 1
		case n >= 0 || n <= -2 && !spoken[r.found[i].Relation]:
			out[i] = -1
		}
	}
	return out
}

// prompts calls do with the range of the examples of each prompt.
func (r *report) prompts(do func(from, to int)) {
	for from := 0; from < len(r.found); {
		to := from + 1
		for to < len(r.found) && r.found[to].Prompt == r.found[from].Prompt {
			to++
		}
		do(from, to)
		from = to
	}
}

// fills returns what the second step learns from: the candidates of the prompts
// that tell of a claim.
func (r *report) fills(labels []int) []event.Labelled {
	var out []event.Labelled
	r.prompts(func(from, to int) {
		if !slices.Contains(labels[from:to], 1) {
			return
		}
		for i := from; i < to; i++ {
			if labels[i] >= 0 {
				out = append(out, event.Labelled{Keys: r.found[i].Keys, Claim: labels[i] == 1, Weight: 1})
			}
		}
	})
	return out
}

// fires returns what the first step learns from: every prompt.
func (r *report) fires(labels []int, j *event.Judge) []event.Labelled {
	var out []event.Labelled
	r.prompts(func(from, to int) {
		l := event.Labelled{Claim: slices.Contains(labels[from:to], 1), Weight: 1}
		if !l.Claim && slices.Contains(labels[from:to], -1) {
			return
		}
		l.Keys = slices.Concat(r.found[from].Fire, j.Summary(r.found[from:to]))
		out = append(out, l)
	})
	return out
}

// choose2 keeps what status and date gold gives a claim.
func (r *report) choose2(e *event.Example, c gold.Claim) {
	statuses, dates, when := e.Options(c.Status)
	if n := slices.Index(entente.Statuses, c.Status); n >= 0 {
		r.choices = append(r.choices, event.Choice{Options: statuses, Gold: n})
	}
	for n, d := range when {
		if d.EDTF == c.Date {
			r.choices = append(r.choices, event.Choice{Options: dates, Gold: n})
			return
		}
	}
	r.lost++
}

// finals returns what the last step learns from: every candidate.
func (r *report) finals(labels []int, j *event.Judge) []event.Labelled {
	var out []event.Labelled
	r.prompts(func(from, to int) {
		for n, keys := range j.Verdicts(r.found[from:to]) {
			if labels[from+n] >= 0 {
				out = append(out, event.Labelled{Keys: keys, Claim: labels[from+n] == 1, Weight: 1})
			}
		}
	})
	return out
}

// diagnose prints how each step does by itself.
func diagnose(reports []*report, judges []*event.Judge, folds int) {
	for _, th := range []float64{0.1, 0.2, 0.3, 0.4, 0.5} {
		var fp, ft, fg, pp, pt, pg, first int
		for _, r := range reports {
			j := judges[fold(r.Name, folds)]
			labels := r.choose(j)
			r.prompts(func(from, to int) {
				gold := slices.Contains(labels[from:to], 1)
				if !gold && slices.Contains(labels[from:to], -1) {
					return
				}
				fire := j.Fire(r.found[from].Fire, j.Summary(r.found[from:to])) >= th
				if fire {
					fp++
				}
				if gold {
					fg++
				}
				if !gold {
					return
				}
				if fire {
					ft++
				}
				best := from
				for i := from; i < to; i++ {
					if labels[i] == 1 {
						pg++
					}
					if j.Fill(r.found[i]) >= th {
						pp++
						if labels[i] == 1 {
							pt++
						}
					}
					if j.Fill(r.found[i]) > j.Fill(r.found[best]) {
						best = i
					}
				}
				if labels[best] == 1 {
					first++
				}
			})
		}
		f := func(t, p, g int) float64 { return 2 * float64(t) / float64(p+g) }
		fmt.Printf("DIAG %.1f fire: P %.3f R %.3f F %.3f (%d); fill given fire: P %.3f R %.3f F %.3f (%d); best pair right %.3f\n", th,
			float64(ft)/float64(fp), float64(ft)/float64(fg), f(ft, fp, fg), fg, float64(pt)/float64(pp), float64(pt)/float64(pg), f(pt, pp, pg), pg, float64(first)/float64(fg))
	}
}
