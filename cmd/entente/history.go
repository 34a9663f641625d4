package main

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/peterh/liner"
)

// history is a file of what was typed, one entry a line, that only its owner may
// read. Entries are appended as they come, so that two repls lose none; a file of
// more than twice as many as are used is cut when it is read.
type history struct {
	path string
	last string // entry, which is not kept twice in a row
	err  error  // why none is kept; the first trouble
}

// longestEntry bounds an entry in bytes.
const longestEntry = 4096

// historyPath is in the state folder of the XDG base directory specification; on
// macOS and Windows, which have another, in the user's cache folder.
func (s *session) historyPath() (string, error) {
	if state := s.getenv("XDG_STATE_HOME"); filepath.IsAbs(state) {
		return filepath.Join(state, "entente", "history"), nil
	}
	if runtime.GOOS == "darwin" || runtime.GOOS == "windows" {
		dir, err := os.UserCacheDir()
		return filepath.Join(dir, "entente", "history"), err
	}
	home := s.getenv("HOME")
	if home == "" {
		return "", errors.New("no home folder to keep it in")
	}
	return filepath.Join(home, ".local", "state", "entente", "history"), nil
}

// read returns the last entries, at most as many as the line editor keeps.
func (h *history) read() []string {
	if h.err != nil {
		return nil
	}
	text, err := os.ReadFile(h.path)
	if err != nil {
		if !errors.Is(err, os.ErrNotExist) {
			h.err = err
		}
		return nil
	}
	all := slices.DeleteFunc(strings.Split(strings.ToValidUTF8(string(text), "�"), "\n"), func(entry string) bool {
		return entry == "" || len(entry) > longestEntry
	})
	kept := all[max(0, len(all)-liner.HistoryLimit):]
	if len(all) > 2*liner.HistoryLimit {
		h.err = h.rewrite(kept)
	}
	return kept
}

// rewrite puts a new file in the place of the old one.
func (h *history) rewrite(entries []string) error {
	f, err := os.CreateTemp(filepath.Dir(h.path), "history-*") // mode 0600
	if err != nil {
		return err
	}
	_, err = f.WriteString(strings.Join(entries, "\n") + "\n")
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), h.path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}

// add appends an entry.
func (h *history) add(entry string) {
	if h.err != nil || len(entry) > longestEntry || entry == h.last {
		return
	}
	h.last = entry
	if h.err = os.MkdirAll(filepath.Dir(h.path), 0o700); h.err != nil {
		return
	}
	f, err := os.OpenFile(h.path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		h.err = err
		return
	}
	_, err = f.WriteString(entry + "\n")
	h.err = errors.Join(err, f.Close())
}

// entries are what is kept of a statement: one line, as it may be typed again; line
// by line where a comment would swallow what comes behind it.
func entries(text string) []string {
	if strings.Contains(text, "//") {
		return strings.Split(text, "\n")
	}
	return []string{strings.ReplaceAll(text, "\n", " ")}
}
