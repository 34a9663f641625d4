//go:build unix

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
)

// writeReports writes n short reports, no two of one text.
func writeReports(t *testing.T, dir string, n int) {
	t.Helper()
	states := []string{"Norway", "Japan", "Brazil", "Kenya", "Canada", "Egypt", "Chile", "Vietnam", "Poland", "Ghana"}
	for i := range n {
		a, b := states[i%len(states)], states[(i/len(states)+i+1)%len(states)]
		text := fmt.Sprintf("---\ntitle: Meeting %d\npublisher: Sample Wire\ndate: 2024-03-%02d\n---\n\n"+
			"%s signed agreement number %d with %s on 3 March 2024. %s accused %s of delay. %s and %s held talks in Geneva.\n",
			i, i%28+1, a, i, b, b, a, a, b)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("r%03d.md", i)), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestKill ends a load of 300 reports twenty times without warning, at a moment
// drawn by lot. Each time the store opens, is whole, and every report in it is
// whole: it has the claims that an undisturbed load gives it.
func TestKill(t *testing.T) {
	const reports = 300
	kills := 20
	if testing.Short() {
		kills = 3
	}
	source := t.TempDir()
	writeReports(t, source, reports)
	start := time.Now()
	whole := filepath.Join(t.TempDir(), "store")
	if out, err := exec.Command("entente", "load", "--store", whole, source).CombinedOutput(); err != nil {
		t.Fatalf("load: %v\n%s", err, out)
	}
	took := time.Since(start)
	want := claimsOfReports(t, whole)
	if len(want) != reports {
		t.Fatalf("%d reports loaded, want %d", len(want), reports)
	}
	draw := rand.New(rand.NewPCG(uint64(kills), 9))
	partly := 0
	for range kills {
		store := filepath.Join(t.TempDir(), "store")
		killed(t, time.Duration(float64(took)*(0.1+0.85*draw.Float64())), "load", "--store", store, source)
		if _, err := os.Stat(store); err != nil {
			continue // killed before the store was made
		}
		got := claimsOfReports(t, store)
		for id, n := range got {
			if n != want[id] {
				t.Fatalf("report %s has %d claims after a kill, want %d", id, n, want[id])
			}
		}
		if 0 < len(got) && len(got) < reports {
			partly++
		}
	}
	t.Logf("a load takes %v; %d of %d kills left a part of the reports", took.Round(time.Millisecond), partly, kills)
	if partly == 0 {
		t.Errorf("no kill fell into the middle of a load")
	}
}

// killed starts the program and ends it after a while.
func killed(t *testing.T, after time.Duration, args ...string) {
	t.Helper()
	cmd := exec.Command("entente", args...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(after)
	_ = cmd.Process.Kill() // may have ended by itself
	_ = cmd.Wait()
}

// claimsOfReports checks a store and returns how many claims each report has.
func claimsOfReports(t *testing.T, store string) map[entente.ReportID]int {
	t.Helper()
	ctx := context.Background()
	if _, err := os.Stat(filepath.Join(store, "meta", "format")); err != nil {
		return nil // killed while the store was made: a load makes it anew
	}
	g, err := graph.Open(store, graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	if faults, err := g.Check(ctx); err != nil || len(faults) > 0 {
		t.Fatalf("Check after a kill: %v, %v", faults, err)
	}
	claims := map[entente.ReportID]int{}
	for r, err := range g.Reports(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		reading, err := g.Reading(ctx, r.ID)
		if err != nil {
			t.Fatal(err)
		}
		claims[r.ID] = len(reading.Claims)
	}
	return claims
}

// TestInterrupt: the first interrupt ends a load in good order: what was read
// whole is stored and said, and the exit status is 130.
func TestInterrupt(t *testing.T) {
	source := t.TempDir()
	writeReports(t, source, 3000)
	store := filepath.Join(t.TempDir(), "store")
	cmd := exec.Command("entente", "load", "--store", store, source)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for i := 0; i < 500; i++ {
		if _, err := os.Stat(filepath.Join(store, "meta", "format")); err == nil {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != statusInterrupted {
		t.Fatalf("exit status %d after an interrupt, want %d; standard error:\n%s", code, statusInterrupted, stderr.String())
	}
	stored := len(claimsOfReports(t, store))
	if want := fmt.Sprintf("interrupted; %s stored", count(stored, "report")); !bytes.Contains(stderr.Bytes(), []byte(want)) || stored == 0 || stored == 3000 {
		t.Errorf("%d reports are stored and standard error says %q, want it to hold %q", stored, stderr.String(), want)
	}
}

// TestLookupsPass: while a load reads, look-ups come to their turn and see whole
// reports.
func TestLookupsPass(t *testing.T) {
	source := t.TempDir()
	writeReports(t, source, 600)
	store := filepath.Join(t.TempDir(), "store")
	load := exec.Command("entente", "load", "--store", store, source)
	if err := load.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- load.Wait() }()
	partly, seen := 0, 0
	for {
		select {
		case err := <-ended:
			if err != nil {
				t.Fatalf("load beside look-ups: %v", err)
			}
			if partly == 0 {
				t.Errorf("no look-up saw a part of the load; the last saw %d reports", seen)
			}
			return
		default:
		}
		if _, err := os.Stat(filepath.Join(store, "meta", "format")); err != nil {
			time.Sleep(time.Millisecond)
			continue
		}
		out, err := exec.Command("entente", "stats", "--store", store, "--json").CombinedOutput()
		if err != nil {
			t.Fatalf("stats beside a load: %v\n%s", err, out)
		}
		var stats graph.Stats
		if err := json.Unmarshal(out, &stats); err != nil || stats.Reports < seen {
			t.Fatalf("stats beside a load: %v, %d reports after %d", err, stats.Reports, seen)
		}
		if seen = stats.Reports; 0 < seen && seen < 600 {
			partly++
		}
	}
}

// TestBackupDuringLoad makes backups between the batches of a load: each is a whole
// store with whole reports, and the load goes on.
func TestBackupDuringLoad(t *testing.T) {
	const reports = 600
	source, copies := t.TempDir(), t.TempDir()
	writeReports(t, source, reports)
	store := filepath.Join(t.TempDir(), "store")
	load := exec.Command("entente", "load", "--store", store, source)
	if err := load.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- load.Wait() }()
	var backups []string
	for running := true; running; {
		select {
		case err := <-ended:
			if err != nil {
				t.Fatalf("load beside backups: %v", err)
			}
			running = false
		default:
		}
		if _, err := os.Stat(filepath.Join(store, "meta", "format")); err != nil {
			time.Sleep(time.Millisecond)
			continue
		}
		to := filepath.Join(copies, fmt.Sprint(len(backups)))
		if out, err := exec.Command("entente", "backup", to, "--store", store).CombinedOutput(); err != nil {
			t.Fatalf("backup beside a load: %v\n%s", err, out)
		}
		backups = append(backups, to)
	}
	want := claimsOfReports(t, store)
	partly, seen := 0, 0
	for _, b := range backups {
		got := claimsOfReports(t, b)
		for id, n := range got {
			if n != want[id] {
				t.Errorf("%s: report %s has %d claims, want %d", b, id, n, want[id])
			}
		}
		if len(got) < seen {
			t.Errorf("%s: %d reports after %d", b, len(got), seen)
		}
		if seen = len(got); 0 < seen && seen < reports {
			partly++
		}
	}
	t.Logf("%d backups, %d of a part of the load", len(backups), partly)
	if partly == 0 || len(want) != reports || seen != reports {
		t.Errorf("%d backups saw a part of the load, the last %d reports, the store has %d", partly, seen, len(want))
	}
}
