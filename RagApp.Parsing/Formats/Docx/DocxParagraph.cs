using System.Text;

namespace RagApp.Parsing.Formats.Docx;

/// <summary>A paragraph while it is read.</summary>
internal sealed class DocxParagraph
{
    private readonly List<string> _notes = [];

    public StringBuilder Text { get; } = new();

    /// <summary>Heading level, 0 for none.</summary>
    public int Level { get; set; }

    public bool IsListItem { get; set; }

    /// <summary>Notes cited in the paragraph, written right after it.</summary>
    public IReadOnlyList<string> Notes => _notes;

    public void AddNote(string? text)
    {
        if (text is not null)
            _notes.Add(text);
    }
}
