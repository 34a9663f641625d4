//go:build unix

package english

import (
	"testing"

	"golang.org/x/sys/unix"
)

// cpuSeconds returns the CPU time that this process has used.
func cpuSeconds(b *testing.B) float64 {
	var u unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9
}

// benchText is a paragraph of our own.
const benchText = `Foreign ministers of the two countries met in Geneva on Tuesday for a second round of talks. ` +
	`They signed a protocol on trade, which their governments had drawn up in March, and agreed to meet again before the end of the year. ` +
	`"We have come a long way," the Swiss host said. A spokesman for the U.S. State Department declined to comment on the 12-page text. ` +
	`Earlier in the day, Mr. Hansen accused the other side of dragging its feet; he was later said to have apologised.`

// Words and sentences a second of one core, from text to trees. CPU time, so
// that what else the machine does counts little.
func BenchmarkRead(b *testing.B) {
	m := model()
	words, sentences := 0, 0
	b.ReportAllocs()
	began := cpuSeconds(b)
	for b.Loop() {
		for _, s := range m.Sentences(benchText, whole(benchText)) {
			tokens := m.Analyse(benchText, s).Tokens
			m.Parse(tokens)
			words += len(tokens)
			sentences++
		}
	}
	used := cpuSeconds(b) - began
	b.ReportMetric(float64(words)/used, "words/cpu-s")
	b.ReportMetric(float64(sentences)/used, "sentences/cpu-s")
}

func BenchmarkDefault(b *testing.B) {
	for b.Loop() {
		if _, err := Default(); err != nil {
			b.Fatal(err)
		}
	}
}
