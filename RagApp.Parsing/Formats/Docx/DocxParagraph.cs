using RagApp.Parsing.Formats.Runs;

namespace RagApp.Parsing.Formats.Docx;

/// <summary>A paragraph while it is read.</summary>
internal sealed class DocxParagraph
{
    private readonly List<string> _notes = [];

    public RunText Text { get; } = new();

    /// <summary>Heading level, 0 for none.</summary>
    public int Level { get; set; }

    /// <summary>Its style; null for the usual one.</summary>
    public string? Style { get; set; }

    /// <summary>Number of the list or of the numbered headings it belongs to; null for none.</summary>
    public string? NumberId { get; set; }

    /// <summary>Level in that list, from 0.</summary>
    public int ListLevel { get; set; }

    public bool IsListItem { get; set; }

    /// <summary>Notes cited in the paragraph, written right after it.</summary>
    public IReadOnlyList<string> Notes => _notes;

    public void AddNote(string? text)
    {
        if (text is not null)
            _notes.Add(text);
    }
}
