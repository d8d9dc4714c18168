using Microsoft.Extensions.Options;

namespace RagApp.Ingestion.Parsing;

/// <summary>
/// A pool of parser children that wait for the next small document; starting one takes ten times as long as reading a
/// page of text. Each child serves one tenant only: a child taken over by a document never meets another tenant's
/// documents.
/// </summary>
internal sealed class ParserPool(ParserLauncher launcher, IOptions<ParserOptions> options, TimeProvider time) : IDisposable
{
    /// <summary>Largest number of waiting parsers in all. Each holds some 60 MiB.</summary>
    private const int MostWaiting = 8;

    /// <summary>Peak memory in bytes above which a parser is not kept, because its heap does not shrink again.</summary>
    private const long LargestKept = 192L << 20;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly List<Waiting> _waiting = [];
    private bool _disposed;

    /// <summary>Returns a waiting parser of the tenant, or a new one.</summary>
    public async Task<ParserChild> RentAsync(string tenant, CancellationToken cancellationToken)
    {
        while (Take(tenant) is { } waiting)
        {
            if (waiting.IsAlive)
                return waiting;
            waiting.Dispose();
        }
        return await StartAsync(cancellationToken);
    }

    public async Task<ParserChild> StartAsync(CancellationToken cancellationToken)
    {
        var bounds = options.Value.Bounds;
        var folder = PrivateFolder.Create(options.Value.TempPath, "parser");
        try
        {
            return new ParserChild(await launcher.StartReaderAsync(bounds, folder.Path, cancellationToken), folder, bounds, options.Value.ResultMiB, time);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Keeps the parser for the tenant's next document, or ends it.</summary>
    public void Return(string tenant, ParserChild child)
    {
        if (!IsKept(child) || !Add(tenant, child))
            child.Dispose();
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            foreach (var waiting in _waiting)
                waiting.End();
            _waiting.Clear();
        }
    }

    private bool IsKept(ParserChild child) =>
        child.IsAlive
        && child.Documents < options.Value.ReuseDocuments
        && child.Peak < LargestKept
        && child.CpuTime < TimeSpan.FromSeconds(options.Value.CpuSeconds);

    private ParserChild? Take(string tenant)
    {
        lock (_lock)
        {
            var at = _waiting.FindLastIndex(waiting => waiting.Tenant == tenant);
            if (at < 0)
                return null;
            var taken = _waiting[at];
            _waiting.RemoveAt(at);
            taken.Expiry.Dispose();
            return taken.Child;
        }
    }

    private bool Add(string tenant, ParserChild child)
    {
        lock (_lock)
        {
            if (_disposed)
                return false;
            if (_waiting.Count == MostWaiting)
            {
                _waiting[0].End();
                _waiting.RemoveAt(0);
            }
            _waiting.Add(new Waiting(tenant, child, time.CreateTimer(_ => Expire(child), null, LongestWait, Timeout.InfiniteTimeSpan)));
            return true;
        }
    }

    private void Expire(ParserChild child)
    {
        lock (_lock)
        {
            var at = _waiting.FindIndex(waiting => waiting.Child == child);
            if (at < 0)
                return;
            _waiting[at].End();
            _waiting.RemoveAt(at);
        }
    }

    private sealed record Waiting(string Tenant, ParserChild Child, ITimer Expiry)
    {
        public void End()
        {
            Expiry.Dispose();
            Child.Dispose();
        }
    }
}
