using Microsoft.Extensions.Options;

namespace RagApp.Ingestion.Parsing;

/// <summary>
/// Parsers that wait for the next small document. Starting one costs ten times what reading a page of text does. Each
/// is one tenant's: what a document might make of its parser never meets another tenant's documents.
/// </summary>
internal sealed class ParserPool(ParserLauncher launcher, IOptions<ParserOptions> options, TimeProvider time) : IDisposable
{
    /// <summary>In all. A waiting parser holds some 60 MiB.</summary>
    private const int MostWaiting = 8;

    /// <summary>A parser that has held so much is not kept: its heap does not shrink again.</summary>
    private const long LargestKept = 192L << 20;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly List<Waiting> _waiting = [];
    private bool _disposed;

    /// <summary>One that waits, or a new one.</summary>
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

    /// <summary>Keeps it for the tenant's next document, or ends it.</summary>
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
