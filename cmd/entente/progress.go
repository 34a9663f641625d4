package main

import (
	"time"

	"github.com/schollz/progressbar/v3"
)

// progress is a bar on standard error, nothing where that is no terminal.
type progress struct{ bar *progressbar.ProgressBar }

func (s *session) progress(total int, what string) progress {
	if !s.ui.errTTY {
		return progress{}
	}
	return progress{progressbar.NewOptions(total,
		progressbar.OptionSetWriter(s.ui.err),
		progressbar.OptionSetDescription(what),
		progressbar.OptionSetWidth(24),
		progressbar.OptionShowCount(),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionClearOnFinish(),
		progressbar.OptionSpinnerCustom([]string{" "}), // where the total is not known
		progressbar.OptionSetSpinnerChangeInterval(0),
	)}
}

func (p progress) add(n int) {
	if p.bar != nil {
		_ = p.bar.Add(n) // a bar that cannot be drawn is no reason to stop
	}
}

// finish takes the bar off the screen.
func (p progress) finish() {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}
