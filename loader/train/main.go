// Command train fits to gold reports the chooser, which says whom words mean that
// point back, and the judge, which decides what the frames may read. It measures
// on folds split by report, prints the figures and the calibration, and writes
// the chooser and the judge that all the reports give.
//
//	go run ./loader/train -gold data/gold/learn -coref data/coref.model
//	go run ./loader/train -gold data/gold/learn -o data/judge.model
package main

import (
	"flag"
	"fmt"
	"hash/fnv"
	"log"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/entente-kg/entente/data"
	"github.com/entente-kg/entente/internal/event"
	"github.com/entente-kg/entente/internal/gold"
	"github.com/entente-kg/entente/internal/linear"
	"github.com/entente-kg/entente/loader"
)

// folds is in how many parts the reports are split to be measured.
const folds = 5

func main() {
	log.SetFlags(0)
	dirs := flag.String("gold", "data/gold/learn", "gold `FOLDERS` to learn from, parted by commas")
	out := flag.String("o", "", "write the judge to `FILE`")
	coref := flag.String("coref", "", "write the chooser to `FILE`, and leave the judge")
	errors := flag.String("errors", "", "write what the folds get wrong to `FILE`")
	flag.Parse()
	folders := strings.Split(*dirs, ",")
	var err error
	if *coref != "" {
		err = writeChooser(folders, *coref)
	} else {
		err = run(folders, *out, *errors)
	}
	if err != nil {
		log.Fatal(err)
	}
}

// writeChooser fits a chooser to all reports.
func writeChooser(dirs []string, file string) error {
	reader, err := loader.Untrained()
	if err != nil {
		return err
	}
	golds, _, err := readGold(dirs)
	if err != nil {
		return err
	}
	c, err := learnChoosers(reader, golds)
	if err != nil {
		return err
	}
	return os.WriteFile(file, c.all.Encode(), 0o644)
}

func run(dirs []string, out, errors string) error {
	frames, err := event.ReadFrames(data.FS)
	if err != nil {
		return err
	}
	reports, err := read(dirs, frames)
	if err != nil {
		return err
	}
	judges := make([]*event.Judge, folds)
	var wg sync.WaitGroup
	for f := range folds {
		wg.Go(func() {
			judges[f] = train(slices.DeleteFunc(slices.Clone(reports), func(r *report) bool { return r.fold() == f }))
		})
	}
	wg.Wait()
	m := &measure{reports: reports, frames: frames, judges: judges}
	threshold := m.best()
	scale, shift := m.calibrate(threshold)
	fmt.Printf("threshold %.2f, scale %.2f, shift %.2f\n", threshold, scale, shift)
	all := m.scores(threshold)
	for _, dir := range append([]string{""}, dirs...) {
		figures(all, dir)
	}
	calibration(all)
	if errors != "" {
		if err := os.WriteFile(errors, []byte(mistakes(all)), 0o644); err != nil {
			return err
		}
	}
	if out == "" {
		return nil
	}
	j := train(reports)
	j.Threshold, j.Scale, j.Shift = threshold, scale, shift
	return os.WriteFile(out, j.Encode(), 0o644)
}

// report is a gold report that is parsed, with its candidates.
type report struct {
	gold.Report
	dir     string
	doc     *event.Document
	found   []event.Example
	claimOf []int // example → what it is: see label
	choices []linear.Choice
}

// fold is the part that a report belongs to, by a hash of its name.
func (r *report) fold() int {
	h := fnv.New32a()
	h.Write([]byte(r.Name))
	return int(h.Sum32()>>8) % folds
}

// readGold reads the gold of the folders, and from which each report is.
func readGold(dirs []string) (golds []gold.Report, from []string, err error) {
	for _, dir := range dirs {
		found, err := gold.Read(dir)
		if err != nil {
			return nil, nil, err
		}
		golds = append(golds, found...)
		from = append(from, slices.Repeat([]string{dir}, len(found))...)
	}
	return golds, from, nil
}

// read parses the reports of the folders, each with a chooser that has not learnt
// from it, and finds their candidates.
func read(dirs []string, frames *event.Frames) ([]*report, error) {
	reader, err := loader.Untrained()
	if err != nil {
		return nil, err
	}
	golds, from, err := readGold(dirs)
	if err != nil {
		return nil, err
	}
	choosers, err := learnChoosers(reader, golds)
	if err != nil {
		return nil, err
	}
	var reports []*report
	claims, reached, candidates := 0, 0, 0
	for i, g := range golds {
		doc, err := analyse(reader.Choosing(choosers.unbiased(i, &golds[i])), &golds[i])
		if err != nil {
			return nil, err
		}
		r := &report{Report: g, dir: from[i], doc: doc}
		reached += r.label(frames)
		claims, candidates = claims+len(r.Claims), candidates+len(r.found)
		reports = append(reports, r)
	}
	fmt.Printf("%d reports, %d claims, %d of them among %d candidates\n", len(reports), claims, reached, candidates)
	return reports, nil
}
