using RagApp.Storage.Access;

namespace RagApp.Benchmarks.Revocations;

/// <summary>
/// The states that one document may be in, given the writes that were begun and acknowledged. A state ends when a later
/// write is acknowledged. After a failed write, which may have taken effect or not, both the old and the new state remain
/// possible until then.
/// </summary>
internal sealed class DocumentStates(TimeProvider time)
{
    /// <summary>Upper bound of the duration of a search; a state that ended longer ago is forgotten.</summary>
    private static readonly TimeSpan LongestSearch = TimeSpan.FromMinutes(2);

    private readonly Lock _one = new();
    private readonly List<State> _states = [new State(Version: 0, Chunks: 0, Access: [])];

    /// <param name="Version">Version of the document; 0 when it does not exist.</param>
    internal sealed record State(int Version, int Chunks, IReadOnlyList<string> Access)
    {
        public long? EndedAt { get; set; }
    }

    /// <summary>The state that the last write should produce.</summary>
    public State Wanted
    {
        get
        {
            lock (_one)
                return _states[^1];
        }
    }

    /// <summary>The highest version of any write that was begun.</summary>
    public int HighestVersion { get; private set; }

    /// <summary>The states that the document may be in now; exactly one when the last write was acknowledged.</summary>
    public IReadOnlyList<State> Possible
    {
        get
        {
            lock (_one)
                return [.. _states.Where(state => state.EndedAt is null)];
        }
    }

    public State Begin(int version, int chunks, IReadOnlyList<string> access)
    {
        var state = new State(version, chunks, access);
        lock (_one)
        {
            _states.Add(state);
            HighestVersion = Math.Max(HighestVersion, version);
        }
        return state;
    }

    public void Acknowledge(State state)
    {
        lock (_one)
        {
            foreach (var earlier in _states.TakeWhile(earlier => earlier != state))
                earlier.EndedAt ??= time.GetTimestamp();
            _states.RemoveAll(earlier => earlier.EndedAt is { } ended && time.GetElapsedTime(ended) > LongestSearch);
        }
    }

    /// <summary>
    /// True when a search that began at <paramref name="searchBegan"/> may return this version to this reader: no write that
    /// ended the state was acknowledged before the search began.
    /// </summary>
    public bool MayShow(int version, AccessFilter reader, long searchBegan)
    {
        lock (_one)
        {
            return _states.Any(state => state.Version == version && reader.Allows(reader.Tenant, state.Access)
                && (state.EndedAt is not { } ended || ended >= searchBegan));
        }
    }
}
