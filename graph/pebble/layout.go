package pebble

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	crdb "github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/vfs"
)

// formatVersion is the format that this program reads and writes.
const formatVersion = 2

const formatWord = "entente store "

// layout names the files of a store in DIR. Each format has names of its own for
// Pebble's files and the seal, so that an upgrade makes the new ones beside the
// old ones.
type layout struct {
	fs     vfs.FS
	dir    string
	format int
}

// newLayout names the files of a store that this program reads and writes.
func newLayout(fsys vfs.FS, dir string) layout { return layout{fsys, dir, formatVersion} }

// of names the files of another format in the same folder.
func (l layout) of(format int) layout { return layout{l.fs, l.dir, format} }

func (l layout) meta(name string) string { return l.fs.PathJoin(l.dir, "meta", name) }
func (l layout) data() string            { return l.fs.PathJoin(l.dir, l.named("data")) }
func (l layout) seal() string            { return l.meta(l.named("seal")) }
func (l layout) bulk() string            { return l.fs.PathJoin(l.dir, "bulk") }

// named is the name that something has in this format: data, data-2 …
func (l layout) named(what string) string {
	if l.format == 1 {
		return what
	}
	return what + "-" + strconv.Itoa(l.format)
}

// clear removes the files of the format, Pebble's last: as long as some are there
// the next opening for writing tries again.
func (l layout) clear() error {
	for _, name := range []string{l.seal(), l.seal() + ".new", l.bulk(), l.data()} {
		if err := l.fs.RemoveAll(name); err != nil {
			return err
		}
	}
	return nil
}

// sweep removes what an upgrade left of format 1 when it was interrupted after the
// new format was in force. That must last before the old files go. What cannot be
// removed does no harm.
func (l layout) sweep() {
	old := l.of(1)
	if _, err := l.fs.Stat(old.data()); err == nil && syncDir(l.fs, l.meta("")) == nil {
		_ = old.clear()
	}
}

// A FormatError says that a store has a format unknown to this program. It
// matches ErrFormat.
type FormatError struct {
	Dir   string
	Found string // the version as written, or the start of an unreadable line
	Want  int    // the version that this program knows
}

func (e *FormatError) Error() string {
	switch version, err := strconv.Atoi(e.Found); {
	case err != nil || version < 1:
		return fmt.Sprintf("store %s: meta/format reads %q where %q belongs; %s", e.Dir, e.Found, formatWord+strconv.Itoa(e.Want), helpDamaged)
	case version < e.Want:
		return fmt.Sprintf("store %s has format %d, this program reads format %d: run \"entente upgrade\", or load the reports into a new store", e.Dir, version, e.Want)
	default:
		return fmt.Sprintf("store %s has format %s, this program reads format %d: it was written by a newer entente; use that, or load the reports into a new store", e.Dir, e.Found, e.Want)
	}
}

// Is makes a FormatError match ErrFormat.
func (e *FormatError) Is(target error) bool { return target == ErrFormat }

// found is what lies in a folder.
type found int

const (
	foundNothing found = iota // no folder, or an empty one, or a store whose making was cut short
	foundStore
)

// look finds out whether a folder holds a store of a known format. It writes
// nothing.
func (l layout) look() (found, error) {
	line, err := readFile(l.fs, l.meta("format"))
	switch {
	case err == nil:
		return foundStore, l.checkFormat(string(line))
	case !errors.Is(err, fs.ErrNotExist):
		return foundNothing, l.notFolder(err)
	}
	names, err := l.fs.List(l.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return foundNothing, nil
	}
	if err != nil {
		return foundNothing, l.notFolder(err)
	}
	ok, err := l.unfinished(names)
	if _, e := l.fs.Stat(l.meta("format")); err == nil && !ok && e == nil {
		return l.look() // another has just made it
	}
	if err == nil && !ok {
		err = fmt.Errorf("%s: %w, and not empty; name an empty or new folder", l.dir, ErrNotStore)
	}
	return foundNothing, err
}

// notFolder explains that dir cannot be looked into.
func (l layout) notFolder(err error) error {
	if info, e := l.fs.Stat(l.dir); e == nil && !info.IsDir() {
		return fmt.Errorf("%s: %w, but a file; name a folder", l.dir, ErrNotStore)
	}
	return fmt.Errorf("store %s: %w", l.dir, err)
}

func (l layout) checkFormat(line string) error {
	version, ok := strings.CutPrefix(strings.TrimSuffix(line, "\n"), formatWord)
	if !ok {
		version = line[:min(len(line), 40)]
	}
	if version != strconv.Itoa(l.format) {
		return &FormatError{l.dir, version, formatVersion}
	}
	return nil
}

// unfinished reports whether these names in dir are nothing, or what Open leaves
// when it is killed before a new store is complete.
func (l layout) unfinished(names []string) (bool, error) {
	if len(names) == 0 {
		return true, nil
	}
	if !subset(names, "meta", "data", newLayout(l.fs, l.dir).named("data")) || !slices.Contains(names, "meta") {
		return false, nil
	}
	inMeta, err := l.fs.List(l.meta(""))
	if err != nil {
		return false, fmt.Errorf("store %s: %w", l.dir, err)
	}
	begun := slices.Contains(inMeta, "format.new")
	return subset(inMeta, "lock", "format.new") && (begun || len(names) == 1), nil
}

func subset(names []string, of ...string) bool {
	for _, n := range names {
		if !slices.Contains(of, n) {
			return false
		}
	}
	return true
}

// begin marks a folder as one where a store is being made.
func (l layout) begin() error {
	// Create would take a file that is there away for a moment, and the mark with it.
	f, err := l.fs.OpenReadWrite(l.meta("format.new"), vfs.WriteCategoryUnspecified)
	if err != nil {
		return err
	}
	return errors.Join(f.Close(), l.syncDirs())
}

// syncDirs makes the names in the store's folders last.
func (l layout) syncDirs() error {
	for _, dir := range []string{l.meta(""), l.dir, l.fs.PathDir(l.dir)} {
		if err := syncDir(l.fs, dir); err != nil {
			return err
		}
	}
	return nil
}

// writeFormat makes the store complete.
func (l layout) writeFormat() error {
	f, err := l.fs.OpenReadWrite(l.meta("format.new"), vfs.WriteCategoryUnspecified) // as in begin
	if err != nil {
		return err
	}
	_, err = f.Write([]byte(formatWord + strconv.Itoa(l.format) + "\n"))
	if err = errors.Join(err, syncClose(f)); err != nil {
		return err
	}
	if err := l.fs.Rename(l.meta("format.new"), l.meta("format")); err != nil {
		return err
	}
	return l.syncDirs()
}

// A seal is what the last clean close, or a backup, left of the store. Pebble
// takes a damaged record of its manifest for the end of the file and would go
// back to an older state in silence; the seal tells. A load, of which no log
// tells, leaves one of what was in the manifest then.
type seal struct {
	open     bool   // by a load: more may come after it
	manifest string // name in data
	size     int
	sum      string // SHA-256, in hex
	batches  uint64 // counters.batches
}

func (s seal) String() string {
	word := "seal"
	if s.open {
		word = "load"
	}
	return fmt.Sprintf("%s %s %d %s %d", word, s.manifest, s.size, s.sum, s.batches)
}

// newSeal describes the manifest in use.
func (l layout) newSeal(batches uint64) (seal, error) {
	name, err := l.manifest()
	if err != nil {
		return seal{}, err
	}
	b, err := readFile(l.fs, l.fs.PathJoin(l.data(), name))
	return seal{false, name, len(b), sumOf(string(b)), batches}, err
}

// manifest returns the name of the manifest in use.
func (l layout) manifest() (string, error) {
	desc, err := crdb.Peek(l.data(), l.fs)
	if err != nil {
		return "", err
	}
	if !desc.Exists {
		return "", fmt.Errorf("%w: no manifest in %s", ErrDamaged, l.named("data"))
	}
	return l.fs.PathBase(desc.ManifestFilename), nil
}

// writeSeal needs no sync: a seal that was lost or cut short is none.
func (l layout) writeSeal(batches uint64) error {
	s, err := l.newSeal(batches)
	if err != nil {
		return err
	}
	return l.keep(s)
}

// sealLoad seals a store that is open. It syncs the manifest, to which Pebble may
// be adding: a seal must not tell of more than a power loss leaves.
func (l layout) sealLoad(batches uint64) error {
	s, err := l.newSeal(batches)
	if err != nil {
		return err
	}
	f, err := l.fs.OpenReadWrite(l.fs.PathJoin(l.data(), s.manifest), vfs.WriteCategoryUnspecified)
	if err == nil {
		err = syncClose(f)
	}
	if err != nil {
		return err
	}
	s.open = true
	return l.keep(s)
}

func (l layout) keep(s seal) error {
	return writeFile(l.fs, l.seal(), s.String()+"\n"+sumOf(s.String())+"\n", vfs.File.Close)
}

// readSeal returns the seal, or the zero seal where there is none to rely on.
func (l layout) readSeal() seal {
	b, err := readFile(l.fs, l.seal())
	if err != nil {
		return seal{}
	}
	line, sum, _ := strings.Cut(string(b), "\n")
	var s seal
	var word string
	n, _ := fmt.Sscanf(line, "%s %s %d %s %d", &word, &s.manifest, &s.size, &s.sum, &s.batches)
	s.open = word == "load"
	if n != 5 || sumOf(s.String())+"\n" != sum {
		return seal{}
	}
	return s
}

// checkSeal compares the manifest with the seal, and reports whether the seal is
// of the whole of it: each opening for writing begins another one.
func (l layout) checkSeal(s seal) (sealed bool, err error) {
	name, err := l.manifest()
	if err != nil || name != s.manifest {
		return false, err
	}
	b, err := readFile(l.fs, l.fs.PathJoin(l.data(), name))
	if err != nil {
		return false, err
	}
	if end := len(b); end == s.size || s.open && end > s.size {
		if sumOf(string(b[:s.size])) == s.sum {
			return !s.open, nil
		}
	}
	return true, fmt.Errorf("%w: %s/%s is not what it was when the store was closed", ErrDamaged, l.named("data"), name)
}

func sumOf(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

func readFile(fsys vfs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

// writeFile puts a whole file in place of an older one.
func writeFile(fsys vfs.FS, name, content string, end func(vfs.File) error) error {
	f, err := fsys.Create(name+".new", vfs.WriteCategoryUnspecified)
	if err != nil {
		return err
	}
	_, err = f.Write([]byte(content))
	if err = errors.Join(err, end(f)); err != nil {
		return err
	}
	return fsys.Rename(name+".new", name)
}

func syncClose(f vfs.File) error { return errors.Join(f.Sync(), f.Close()) }

func syncDir(fsys vfs.FS, dir string) error {
	d, err := fsys.OpenDir(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
