package main

import (
	"slices"

	"github.com/entente-kg/entente/internal/event"
	"github.com/entente-kg/entente/internal/linear"
)

// bits is the size of the tables of weights, 2^bits each.
const bits = 19

// How each step learns. F1 on folds moves by less than .01 when any of these is
// halved or doubled.
var (
	fill   = linear.Learning{Epochs: 10, Rate: 0.01, L2: 0.01, Seed: 1}
	fire   = linear.Learning{Epochs: 30, Rate: 0.01, L2: 0.1, Seed: 1}
	final  = linear.Learning{Epochs: 6, Rate: 0.02, L2: 0.001, Seed: 1}
	choice = linear.Learning{Epochs: 15, Rate: 0.02, L2: 0.01, Seed: 1}
)

// rounds is how often the trigger of each claim is chosen anew among those that
// tell of it.
const rounds = 2

// train fits a judge to reports. Each step learns from what the one before says
// of reports that it has not learnt from: it is fitted to halves for that.
func train(reports []*report) *event.Judge {
	var j *event.Judge
	for range rounds {
		labels := make([][]int, len(reports))
		for n, r := range reports {
			labels[n] = r.labels(j)
		}
		next := event.NewJudge(bits)
		half := [2]*event.Judge{event.NewJudge(bits), event.NewJudge(bits)}
		collect := func(of func(n int) []linear.Example) (all []linear.Example, others [2][]linear.Example) {
			for n := range reports {
				x := of(n)
				all, others[1-n%2] = append(all, x...), append(others[1-n%2], x...)
			}
			return all, others
		}
		all, others := collect(func(n int) []linear.Example { return reports[n].fills(labels[n]) })
		next.LearnFill(all, fill)
		for h := range half {
			half[h].LearnFill(others[h], fill)
		}
		all, others = collect(func(n int) []linear.Example { return reports[n].fires(labels[n], half[n%2]) })
		next.LearnFire(all, fire)
		for h := range half {
			half[h].LearnFire(others[h], fire)
		}
		all, _ = collect(func(n int) []linear.Example { return reports[n].finals(labels[n], half[n%2]) })
		next.LearnFinal(all, final)
		j = next
	}
	var choices []linear.Choice
	for _, r := range reports {
		choices = append(choices, r.choices...)
	}
	j.LearnChoices(choices, choice)
	return j
}

// labels says of each example whether it is a claim (1), none (0) or neither
// (-1). A claim in a sentence has one trigger: one that a frame proposes, or the
// one that judge j, if any, finds the likeliest. A claim whose evidence is
// another sentence is neither, except where each sentence counts.
func (r *report) labels(j *event.Judge) []int {
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
		case n >= 0 || n == elsewhere && !event.Repeats(r.found[i].Relation):
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

// fills returns what the step that picks actors learns from: the candidates of
// the prompts that tell of a claim.
func (r *report) fills(labels []int) []linear.Example {
	var out []linear.Example
	r.prompts(func(from, to int) {
		if !slices.Contains(labels[from:to], 1) {
			return
		}
		for i := from; i < to; i++ {
			if labels[i] >= 0 {
				out = append(out, linear.Example{Keys: r.found[i].Keys, Holds: labels[i] == 1})
			}
		}
	})
	return out
}

// fires returns what the step that picks prompts learns from: every prompt.
func (r *report) fires(labels []int, j *event.Judge) []linear.Example {
	var out []linear.Example
	r.prompts(func(from, to int) {
		claim := slices.Contains(labels[from:to], 1)
		if claim || !slices.Contains(labels[from:to], -1) {
			out = append(out, linear.Example{Keys: slices.Concat(r.found[from].Fire, j.Summary(r.found[from:to])), Holds: claim})
		}
	})
	return out
}

// finals returns what the last step learns from: every candidate.
func (r *report) finals(labels []int, j *event.Judge) []linear.Example {
	var out []linear.Example
	r.prompts(func(from, to int) {
		for n, keys := range j.Verdicts(r.found[from:to]) {
			if l := labels[from+n]; l >= 0 {
				out = append(out, linear.Example{Keys: keys, Holds: l == 1})
			}
		}
	})
	return out
}
