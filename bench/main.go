// Command bench measures entente's store against its peers, as README.md says.
//
//	cd bench && go run . -quads 200000 -engines entente,bolt,sqlite
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/entente-kg/entente/bench/bolt/peer"
)

// options are the flags.
type options struct {
	quads   int
	engines string
	seed    uint64
	work    string
	json    bool
	params  bool
	append  string
	report  string
}

func main() {
	if len(os.Args) == 5 && os.Args[1] == engineCommand {
		exit(runEngine(os.Args[2], os.Args[3], os.Args[4]))
	}
	var o options
	flag.IntVar(&o.quads, "quads", 200_000, "`number` of quads, about")
	flag.StringVar(&o.engines, "engines", "", "`engines`, with commas (default all that are installed)")
	flag.Uint64Var(&o.seed, "seed", 1, "`seed` of the workload")
	flag.StringVar(&o.work, "work", "", "`folder` for workloads, which are used again, and databases (default a temporary one)")
	flag.BoolVar(&o.json, "json", false, "print lines of JSON instead of a table")
	flag.BoolVar(&o.params, "params", false, "make the workload, print where it lies, and measure nothing")
	flag.StringVar(&o.append, "append", "", "add the lines to this `file`")
	flag.StringVar(&o.report, "report", "", "write this Markdown `file`: of the lines in the files that are named as arguments, else of this run")
	flag.Parse()
	exit(run(o, flag.Args()))
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

// errDiffer says that not all engines gave the same answers.
var errDiffer = errors.New("the engines do not agree")

func run(o options, files []string) error {
	if len(files) > 0 {
		records, err := readRecords(files)
		if err != nil {
			return err
		}
		if o.report == "" {
			return printTable(os.Stdout, records)
		}
		return writeReport(o.report, records)
	}
	if o.work == "" {
		dir, err := os.MkdirTemp("", "entente-bench-")
		if err != nil {
			return err
		}
		if !o.params {
			defer os.RemoveAll(dir)
		}
		o.work = dir
	}
	work, err := filepath.Abs(o.work)
	if err != nil {
		return err
	}
	dir, err := workload(work, o.quads, o.seed)
	if err != nil {
		return err
	}
	if o.params {
		fmt.Println(dir)
		return nil
	}
	return measure(o, work, dir)
}

// measure runs the engines and publishes what they give.
func measure(o options, work, dir string) error {
	chosen, err := choose(o.engines)
	if err != nil {
		return err
	}
	asked, err := peer.ReadQuestions(dir)
	if err != nil {
		return err
	}
	var records []record
	var failed []string
	for _, e := range chosen {
		lines, err := e.measure(work, dir)
		if err != nil {
			fmt.Fprintf(os.Stderr, "bench: %s: %v\n", e.name, err)
			failed = append(failed, e.name)
		}
		for _, l := range lines {
			records = append(records, newRecord(asked.Quads, l))
		}
	}
	differences := compare(records)
	for _, d := range differences {
		fmt.Fprintln(os.Stderr, "bench:", d)
	}
	if err := publish(o, records); err != nil {
		return err
	}
	switch {
	case len(differences) > 0:
		return errDiffer
	case len(failed) > 0:
		return fmt.Errorf("failed: %s", strings.Join(failed, ", "))
	}
	return nil
}

func publish(o options, records []record) error {
	if o.append != "" {
		if err := appendRecords(o.append, records); err != nil {
			return err
		}
	}
	if o.report != "" {
		if err := writeReport(o.report, records); err != nil {
			return err
		}
	}
	if !o.json {
		return printTable(os.Stdout, records)
	}
	out := json.NewEncoder(os.Stdout)
	for _, r := range records {
		if err := out.Encode(r.Line); err != nil {
			return err
		}
	}
	return nil
}
