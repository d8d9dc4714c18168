using RagApp.Contracts.Documents;

namespace RagApp.Cli.Ingest;

/// <summary>
/// Counts the state of each file. An event about a document may arrive before the response to its upload, so a file is expected
/// before it is sent.
/// </summary>
internal sealed class Tally
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Expected> _expected = new(StringComparer.Ordinal);
    private readonly List<FileProblem> _failed = [];
    private readonly List<FileProblem> _notes = [];

    public int Found { get; set; }

    public int Unchanged { get; private set; }

    public int Sent { get; private set; }

    public int Indexed { get; private set; }

    /// <summary>Number of documents without text.</summary>
    public int Empty { get; private set; }

    /// <summary>Number of documents that were deleted, or hidden from the caller, before they were done.</summary>
    public int Unseen { get; private set; }

    /// <summary>Number of files that could not be sent; they count as failed too.</summary>
    public int NotSent { get; private set; }

    public int Failed { get { lock (_gate) return _failed.Count; } }

    public IReadOnlyList<FileProblem> Failures { get { lock (_gate) return [.. _failed]; } }

    /// <summary>Remarks on files that were handled without an error but perhaps not as the person expects.</summary>
    public IReadOnlyList<FileProblem> Notes { get { lock (_gate) return [.. _notes]; } }

    /// <summary>Paths of the documents that the server is still processing.</summary>
    public IReadOnlyList<string> InProgress
    {
        get { lock (_gate) return [.. _expected.Where(each => each.Value.Version > 0).Select(each => each.Key)]; }
    }

    public void Expect(LocalFile file)
    {
        lock (_gate)
            _expected[file.Path] = new Expected();
    }

    public void Keep()
    {
        lock (_gate)
            Unchanged++;
    }

    /// <summary>Records that the file cannot be sent.</summary>
    public void Fail(string path, string reason)
    {
        lock (_gate)
        {
            NotSent++;
            _expected.Remove(path);
            _failed.Add(new FileProblem(path, reason));
        }
    }

    public void Note(string path, string text)
    {
        lock (_gate)
            _notes.Add(new FileProblem(path, text));
    }

    /// <summary>Records that the server has the file; <paramref name="info"/> names its path and version there.</summary>
    public void Accept(LocalFile file, DocumentInfo info)
    {
        lock (_gate)
        {
            Sent++;
            _expected.Remove(file.Path, out var expected);
            _expected[info.Path] = expected = new Expected { Version = info.Version, Last = expected?.Last };
            Settle(info);
            if (expected.Last is { } last)
                Settle(last);
        }
    }

    /// <summary>Records the state of a document; other people's documents are ignored.</summary>
    public void See(DocumentInfo info)
    {
        lock (_gate)
        {
            if (_expected.TryGetValue(info.Path, out var expected))
            {
                expected.Last = info;
                Settle(info);
            }
        }
    }

    /// <summary>Records that the server no longer shows a sent document to the caller.</summary>
    public void LoseSight(string path)
    {
        lock (_gate)
        {
            if (_expected.Remove(path))
                Unseen++;
        }
    }

    private void Settle(DocumentInfo info)
    {
        if (!_expected.TryGetValue(info.Path, out var expected) || expected.Version == 0 || info.Version < expected.Version || !info.Status.IsFinal())
            return;
        _expected.Remove(info.Path);
        switch (info.Status)
        {
            case DocumentStatus.Indexed:
                Indexed++;
                break;
            case DocumentStatus.Empty:
                Empty++;
                break;
            default:
                _failed.Add(new FileProblem(info.Path, info.Reason ?? $"It is {info.Status.ToString().ToLowerInvariant()}, and the server does not say why."));
                break;
        }
    }

    private sealed class Expected
    {
        /// <summary>Version on the server; 0 until the server has responded.</summary>
        public int Version { get; init; }

        public DocumentInfo? Last { get; set; }
    }
}
