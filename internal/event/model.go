package event

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"math"
)

// A judge is kept in data/judge.model: a line that names the format, the
// threshold, scale and shift, and for each table its size in bits, the scale of its weights and
// the weights as signed bytes.
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
		var err error
		if rest, err = w.decode(rest); err != nil {
			return nil, err
		}
	}
	if len(rest) > 0 {
		return nil, fmt.Errorf("%d bytes too many", len(rest))
	}
	return j, nil
}

// Encode returns the judge as data/judge.model holds it. Weights are rounded to
// 255 steps, so it is to be measured after it is read again.
func (j *Judge) Encode() []byte {
	out := []byte(judgeFormat)
	for _, x := range []float64{j.Threshold, j.Scale, j.Shift} {
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(float32(x)))
	}
	for _, w := range j.tables() {
		out = w.append(out)
	}
	return out
}

func (j *Judge) tables() []*weights { return []*weights{&j.fire, &j.fill, &j.final, &j.choice} }

func (w *weights) append(out []byte) []byte {
	largest := float32(0)
	for _, x := range w.table {
		largest = max(largest, x, -x)
	}
	scale := largest / 127
	out = append(out, byte(math.Ilogb(float64(len(w.table)))))
	out = binary.LittleEndian.AppendUint32(out, math.Float32bits(scale))
	for _, x := range w.table {
		q := int8(0)
		if scale > 0 {
			q = int8(math.RoundToEven(float64(x / scale)))
		}
		out = append(out, byte(q))
	}
	return out
}

// decode reads a table and returns what comes after it.
func (w *weights) decode(raw []byte) ([]byte, error) {
	if len(raw) < 5 || raw[0] > 24 || len(raw) < 5+1<<raw[0] {
		return nil, errors.New("cut short")
	}
	*w = newWeights(int(raw[0]))
	scale := math.Float32frombits(binary.LittleEndian.Uint32(raw[1:]))
	for i := range w.table {
		w.table[i] = float32(int8(raw[5+i])) * scale
	}
	return raw[5+len(w.table):], nil
}
