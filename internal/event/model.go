package event

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"math"

	"github.com/entente-kg/entente/internal/linear"
)

// A judge is kept in data/judge.model: a line that names the format, the
// threshold, scale and shift, and for each table its size in bits and its
// weights.
const judgeFormat = "entente judge 2\n"

// ReadJudge reads the judge of a folder of data.
func ReadJudge(fsys fs.FS) (*Judge, error) {
	const name = "judge.model"
	raw, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, err
	}
	j, err := decodeJudge(raw)
	if err != nil {
		return nil, fmt.Errorf("%s: %w; make it anew with go run ./loader/train", name, err)
	}
	return j, nil
}

func decodeJudge(raw []byte) (*Judge, error) {
	rest, ok := bytes.CutPrefix(raw, []byte(judgeFormat))
	if !ok {
		return nil, errors.New("not a judge of this version")
	}
	j := &Judge{}
	for _, x := range []*float64{&j.Threshold, &j.Scale, &j.Shift} {
		if len(rest) < 4 {
			return nil, errors.New("cut short")
		}
		*x, rest = float64(math.Float32frombits(binary.LittleEndian.Uint32(rest))), rest[4:]
	}
	for _, w := range j.tables() {
		if len(rest) == 0 {
			return nil, errors.New("cut short")
		}
		var err error
		if *w, rest, err = linear.Decode[float64](int(rest[0]), rest[1:]); err != nil {
			return nil, err
		}
	}
	if len(rest) > 0 {
		return nil, fmt.Errorf("%d bytes too many", len(rest))
	}
	return j, nil
}

// Encode returns the judge as data/judge.model holds it. Its weights are rounded,
// so it is to be measured after it is read again.
func (j *Judge) Encode() []byte {
	out := []byte(judgeFormat)
	for _, x := range []float64{j.Threshold, j.Scale, j.Shift} {
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(float32(x)))
	}
	for _, w := range j.tables() {
		out = w.Append(append(out, byte(w.Bits())))
	}
	return out
}

func (j *Judge) tables() []*weights { return []*weights{&j.fire, &j.fill, &j.final, &j.choice} }
