using System.Text;

namespace RagApp.Ingestion.Parsing.Formats.Rtf;

/// <summary>Text being read with the paragraph's properties: the document itself, or a note within it.</summary>
/// <param name="label">Written in front of it.</param>
internal sealed class RtfStory(string label)
{
    public string Label => label;

    /// <summary>A header or footer, which every page repeats.</summary>
    public bool IsPageLine { get; init; }

    public StringBuilder Text { get; } = new();

    public List<string> Cells { get; } = [];

    /// <summary>Notes and text boxes within the paragraph, written after it.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Heading level, 0 for none.</summary>
    public int Level { get; set; }

    public bool IsItem { get; set; }

    public bool InTable { get; set; }

    /// <summary><c>\pard</c></summary>
    public void ResetParagraph() => (Level, IsItem, InTable) = (0, false, false);
}
