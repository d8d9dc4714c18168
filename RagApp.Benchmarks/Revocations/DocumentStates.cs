using RagApp.Storage.Access;

namespace RagApp.Benchmarks.Revocations;

/// <summary>
/// What one document may be, by the writes that were begun and acknowledged. A state ends when a later write is
/// acknowledged; a write that failed may have been carried out or not, so that both states stay possible until then.
/// </summary>
internal sealed class DocumentStates(TimeProvider time)
{
    /// <summary>Longer than any search takes: a state that ended before needs not be remembered.</summary>
    private static readonly TimeSpan LongestSearch = TimeSpan.FromMinutes(2);

    private readonly Lock _one = new();
    private readonly List<State> _states = [new State(Version: 0, Chunks: 0, Access: [])];

    /// <param name="Version">0 when the document is not there.</param>
    internal sealed record State(int Version, int Chunks, IReadOnlyList<string> Access)
    {
        public long? EndedAt { get; set; }
    }

    /// <summary>The state that the last write wanted.</summary>
    public State Wanted
    {
        get
        {
            lock (_one)
                return _states[^1];
        }
    }

    /// <summary>The highest version that was ever begun.</summary>
    public int HighestVersion { get; private set; }

    /// <summary>Those that the document may be in now; one, when the last write was acknowledged.</summary>
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

    /// <summary>Whether a search that began then may have shown this version to that reader: not when a write that ended it was acknowledged before.</summary>
    public bool MayShow(int version, AccessFilter reader, long searchBegan)
    {
        lock (_one)
        {
            return _states.Any(state => state.Version == version && reader.Allows(reader.Tenant, state.Access)
                && (state.EndedAt is not { } ended || ended >= searchBegan));
        }
    }
}
