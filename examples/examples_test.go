package examples

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"os"
	"slices"
	"strings"
	"testing"
)

func TestEachStepHasItsFilesAndInputs(t *testing.T) {
	t.Parallel()
	var made []string
	for _, s := range Pipeline {
		source, err := Files.ReadFile(s.File)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(source, []byte("def "+s.Handler+"(")) {
			t.Errorf("%s does not define %s", s.File, s.Handler)
		}
		for parameter, file := range s.Data {
			if _, err := Files.ReadFile(file); err != nil {
				t.Errorf("%s: parameter %s: %v", s.File, parameter, err)
			}
		}
		for _, in := range s.Inputs {
			if !slices.Contains(made, in) {
				t.Errorf("%s consumes %q, which no earlier step makes; made are %q", s.File, in, made)
			}
		}
		made = append(made, s.Outputs...)
	}
}

func TestTheDataSetIsTheOneItsSourceNames(t *testing.T) {
	t.Parallel()
	data, err := Files.ReadFile("etl/weather.csv")
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile("etl/SOURCE.md")
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(data)
	if want := hex.EncodeToString(sum[:]); !strings.Contains(string(source), want) {
		t.Errorf("SOURCE.md does not name the data set's hash %s", want)
	}
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil || len(rows) != 2923 {
		t.Errorf("got %d rows, %v, want 2923 with the header", len(rows), err)
	}
}
