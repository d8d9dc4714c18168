using System.Text;
using RagApp.Parsing.Formats.Runs;

namespace RagApp.Parsing.Formats.Rtf;

/// <summary>A story being read: the text of the document, or of a note inside it, with the current paragraph's properties.</summary>
/// <param name="label">The label written in front of the text.</param>
internal sealed class RtfStory(string label)
{
    public string Label => label;

    /// <summary>True for a header or footer, which every page repeats.</summary>
    public bool IsPageLine { get; init; }

    public RunText Text { get; } = new();

    /// <summary>The number shown before a list item; empty for none.</summary>
    public StringBuilder Number { get; } = new();

    public List<(string Text, bool IsBold)> Cells { get; } = [];

    /// <summary>Notes and text boxes inside the paragraph, written after it.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Heading level, 0 for none.</summary>
    public int Level { get; set; }

    public bool IsItem { get; set; }

    public bool InTable { get; set; }

    /// <summary>Resets the paragraph's properties (<c>\pard</c>).</summary>
    public void ResetParagraph()
    {
        (Level, IsItem, InTable) = (0, false, false);
        Number.Clear();
    }
}
