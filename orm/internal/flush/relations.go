package flush

import (
	"unsafe"

	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
)

// Loader reads what is at the other end of a relationship of an object that has
// a row. With anew it asks the database, whatever is known, and leaves the
// handle as it is.
type Loader func(n *state.Node, r *mapper.Relation, anew bool) ([]unsafe.Pointer, error)

// relations is the code for relationships. It is reached through the map, which
// has it from the mapper, so that the linker leaves it out of programs without
// any; [Relationships] has it.
type relations interface {
	// prepare follows the cascades, fills the foreign keys that are known
	// already, and gives the plan its links.
	prepare(p *Plan, load Loader) error
}

// work is what relationships add to a plan.
type work interface {
	empty() bool
	// plan completes the plan when its rows are known.
	plan() error
	run(w *writer) error
}

// Relationships is the code for relationships.
type Relationships struct{}

func (Relationships) prepare(p *Plan, load Loader) error {
	nodes := p.held.Relinked()
	unwritten := p.held.Unwritten()
	if len(nodes) == 0 && len(unwritten) == 0 {
		return nil
	}
	l := &links{Plan: p, held: p.held, load: load, parents: map[child]bool{}, rows: map[row]bool{}, sweeps: map[sweep]bool{}}
	if err := l.orphans(nodes); err != nil {
		return err
	}
	if err := l.cascade(); err != nil {
		return err
	}
	if err := l.sync(); err != nil {
		return err
	}
	p.links = l
	return nil
}

// links is the work that relationships add to a plan.
type links struct {
	*Plan
	held    *state.Map
	load    Loader
	parents map[child]bool // which objects got a parent
	fills   map[*state.State][]fill
	waiting []*state.State // those of fills
	post    []fill         // written by UPDATEs of their own, behind the INSERTs
	early   map[*state.State]bool
	pairs   []row // in the order in which they are written
	rows    map[row]bool
	swept   []sweep
	sweeps  map[sweep]bool
	cut     []change // foreign keys that become NULL before the DELETEs
	inOrder []*state.State
	gone    []*state.State
	taken   []taken
}

// child is an object by the foreign key that leads to its parent.
type child struct {
	key    *mapper.Field // the first field
	object unsafe.Pointer
}

// fill is a foreign key to be set when the row that it refers to is there.
type fill struct {
	relation *mapper.Relation
	child    *state.State
	fields   []*mapper.Field
	parent   *state.State
	referred []*mapper.Field
}

// taken is a link whose changes the flush writes, and those that it does not,
// because their objects are in no session.
type taken struct {
	link *state.Link
	left *state.Changes
	// forget says that the link is to hold nothing that is written.
	forget bool
}

func (l *links) empty() bool {
	return len(l.pairs) == 0 && len(l.swept) == 0 && len(l.post) == 0 && len(l.fills) == 0
}

// pending says whether the row of an object is not there yet.
func pending(s *state.State) bool { return s.Status == state.Pending }

// going says whether the row of an object goes or has gone.
func going(s *state.State) bool { return s.Status == state.Deleting || s.Status == state.Deleted }
