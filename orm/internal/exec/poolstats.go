package exec

import "time"

// Stats are the numbers of a pool.
type Stats struct {
	Size, InUse, Idle int
	Opened            uint64
	Waits, Timeouts   uint64
	WaitTime          time.Duration
}

// Stats returns the pool's numbers.
func (p *Pool) Stats() Stats {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := p.stats
	s.Size, s.InUse, s.Idle = cap(p.slots), len(p.slots), len(p.idle)
	return s
}

// made counts a connection that was opened.
func (p *Pool) made() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stats.Opened++
}

// waited counts one who had to wait for a connection.
func (p *Pool) waited(d time.Duration, expired bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stats.Waits++
	p.stats.WaitTime += d
	if expired {
		p.stats.Timeouts++
	}
}
