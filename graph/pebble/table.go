package pebble

import (
	"errors"
	"fmt"
	"slices"
	"sync"

	crdb "github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/objstorage/objstorageprovider"
	"github.com/cockroachdb/pebble/v2/sstable"
	"github.com/cockroachdb/pebble/v2/vfs"
)

// tables are the sorted tables that a load writes for Pebble to take in.
type tables struct {
	b       *bulk
	options sstable.WriterOptions
	mu      sync.Mutex // guards paths
	paths   []string
}

// tableOptions are those by which Pebble itself would write a table, packed as one
// of the last level. It may not lie there, so that what it deletes counts.
func (c *core) tableOptions() sstable.WriterOptions {
	o := c.options(Options{}, true, false)
	o.EnsureDefaults()
	w := o.MakeWriterOptions(len(o.Levels)-1, c.db.TableFormat())
	w.WritingToLowestLevel = false
	return w
}

// sizeEvery is after how many keys the size of a table is looked at.
const sizeEvery = 64

// table writes keys in order to one file after the other, none where there is no
// key.
type table struct {
	to   *tables
	w    *sstable.Writer
	keys int
}

// write makes tables of the keys that f sets. Several may run at a time.
func (t *tables) write(f func(*table) error) error {
	one := &table{to: t}
	err := f(one)
	return errors.Join(err, one.end())
}

// copy makes tables of sorted keys, each of which came once.
func (t *tables) copy(s *sorter[entry]) error {
	return t.write(func(to *table) error {
		return s.each(func(e entry) error {
			if e.remove {
				return to.remove(e.key)
			}
			return to.set(e.key, e.content)
		})
	})
}

func (t *table) set(key, value []byte) error {
	if err := t.room(); err != nil {
		return err
	}
	return t.w.Set(key, value)
}

func (t *table) remove(key []byte) error {
	if err := t.room(); err != nil {
		return err
	}
	return t.w.Delete(key)
}

// room begins a file where there is none, or the last is large enough.
func (t *table) room() error {
	if t.keys++; t.keys%sizeEvery == 0 {
		err := t.to.b.quit()
		if err == nil && t.w != nil && t.w.Raw().EstimatedSize() >= t.to.b.s.limits.tableSize {
			err = t.end()
		}
		if err != nil {
			return err
		}
	}
	if t.w != nil {
		return nil
	}
	t.to.mu.Lock()
	name := t.to.b.path(fmt.Sprintf("%06d.sst", len(t.to.paths)+1))
	t.to.paths = append(t.to.paths, name)
	t.to.mu.Unlock()
	f, err := t.to.b.s.fs.Create(name, vfs.WriteCategoryUnspecified)
	if err != nil {
		return err
	}
	t.w = sstable.NewWriter(objstorageprovider.NewFileWritable(f), t.to.options)
	return nil
}

// end finishes the file, which is then on the disk.
func (t *table) end() error {
	if t.w == nil {
		return nil
	}
	w := t.w
	t.w = nil
	return w.Close()
}

// sortedWriter lets statements be written to a sorter.
type sortedWriter struct{ *sorter[entry] }

// Set implements writer.
func (w sortedWriter) Set(key, content []byte, _ *crdb.WriteOptions) error {
	return w.add(entry{key: slices.Clone(key), content: content})
}

// Delete implements writer.
func (w sortedWriter) Delete(key []byte, _ *crdb.WriteOptions) error {
	return w.add(entry{key: slices.Clone(key), remove: true})
}
