package ormtest

import (
	"testing"

	"github.com/ormlab/ormlab/orm"
)

// Budget fails the test if, from now to its end, more statements run than most,
// or one that reads rows runs more than twice from the same line, which is N+1.
// BEGIN, COMMIT and their like are not counted. It resets the recorder.
func Budget(t testing.TB, rec *orm.Recorder, most int) {
	t.Helper()
	rec.Reset()
	t.Cleanup(func() {
		t.Helper()
		list := rec.Statements()
		if len(list) > most {
			t.Errorf("%d statements ran, the budget is %d:", len(list), most)
			for _, s := range list {
				t.Logf("%s: %s", s.Caller, s.SQL)
			}
		}
		for _, r := range rec.Repeated(3) {
			t.Errorf("N+1: %s", r)
		}
	})
}
