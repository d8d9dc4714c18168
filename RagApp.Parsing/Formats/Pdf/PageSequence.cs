using RagApp.Parsing.Formats.Pdf.Regions;
using static RagApp.Parsing.Formats.Pdf.RunningLines;

namespace RagApp.Parsing.Formats.Pdf;

/// <summary>Reads pages in order, each once the pages after it are known, so that running lines can be taken off. Few pages are held at a time.</summary>
internal sealed class PageSequence
{
    /// <summary>Number of pages before and after a page with which its running lines are compared.</summary>
    private const int Near = 2;

    private readonly RunningLines _running = new();
    private readonly Queue<(PdfPage Page, PageEdges Edges)> _waiting = new();
    private readonly List<PageEdges> _before = [];

    public List<PdfBlock> Blocks { get; } = [];

    /// <summary>Texts of running heads and feet, each once.</summary>
    public IEnumerable<string> RunningTexts => _running.Texts;

    public void Add(PdfPage page)
    {
        _waiting.Enqueue((page, PageEdges.Of(page)));
        if (_waiting.Count > Near)
            ReadNext();
    }

    public void End()
    {
        while (_waiting.Count > 0)
            ReadNext();
    }

    private void ReadNext()
    {
        var (page, edges) = _waiting.Dequeue();
        _running.TakeOff(page, edges, [.. _before, .. _waiting.Select(next => next.Edges)]);
        _before.Add(edges);
        if (_before.Count > Near)
            _before.RemoveAt(0);
        Blocks.AddRange(page.Read());
    }
}
