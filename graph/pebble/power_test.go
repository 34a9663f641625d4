package pebble

import (
	"io"
	"math/rand/v2"
	"sync/atomic"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cockroachdb/pebble/v2/vfs"
)

// unlocked is a disk in memory without a lock: in that of MemFS, and when it uses
// a file again, it may wait for ever for a copy that waits for it.
type unlocked struct{ *vfs.MemFS }

func (unlocked) Lock(string) (io.Closer, error) { return noLock{}, nil }

func (u unlocked) ReuseForWrite(oldname, newname string, category vfs.DiskWriteCategory) (vfs.File, error) {
	if err := u.Rename(oldname, newname); err != nil {
		return nil, err
	}
	return u.OpenReadWrite(newname, category)
}

// TestPowerLoss cuts the power at random moments: of what was written but not
// synced, a random part is on the disk. What was acknowledged must be, the store
// must open, and of the batch in progress all or nothing is there.
func TestPowerLoss(t *testing.T) {
	const batches, cuts = 150, 40
	disk := unlocked{vfs.NewCrashableMem()}
	var acked atomic.Int64
	done := make(chan error)
	go func() {
		done <- func() error {
			for i := 0; i < batches; {
				s, err := Open("store", Options{FS: disk, LockWait: -1})
				if err != nil {
					return err
				}
				for range 10 {
					if err := s.ApplyDeltas(batch(i), graph.IgnoreOpts{}); err != nil {
						return err
					}
					i++
					acked.Store(int64(i))
				}
				if err := s.Close(); err != nil {
					return err
				}
			}
			return nil
		}()
	}()
	rng := rand.New(rand.NewPCG(3, 4))
	type cut struct {
		disk        *vfs.MemFS
		least, most int64
	}
	var all []cut
	for running := true; running; {
		c := cut{least: acked.Load()}
		c.disk = disk.CrashClone(vfs.CrashCloneCfg{UnsyncedDataPercent: rng.IntN(101), RNG: rng})
		c.most = acked.Load() + 1
		all = append(all, c)
		select {
		case err := <-done:
			if err != nil {
				t.Fatal(err)
			}
			running = false
		default:
		}
	}
	rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	for _, c := range all[:min(cuts, len(all))] {
		s, err := Open("store", Options{FS: c.disk, LockWait: -1})
		if err != nil {
			t.Errorf("after %d batches: %v", c.least, err)
			continue
		}
		got, err := s.totals()
		if n := int64(got.batches); err != nil || n < c.least || n > c.most {
			t.Errorf("%d to %d batches were acknowledged, %d are there: %v", c.least, c.most-1, n, err)
		}
		quads, err := quadsOf(s)
		if want := afterBatches(int(got.batches)); err != nil || len(want) != len(quads) {
			t.Errorf("after %d batches: %d quads, %v, want %d", got.batches, len(quads), err, len(want))
		}
		closeStore(t, s)
	}
	t.Logf("%d cuts, %d looked at", len(all), min(cuts, len(all)))
}
