using RagApp.Parsing.Formats.Runs;

namespace RagApp.Parsing.Formats.Rtf;

/// <summary>Writes paragraphs, cells and rows. Notes in a paragraph are written after it; headers and footers are written once, at the end.</summary>
internal sealed class RtfParagraphs(BlockWriter output)
{
    private readonly Stack<RtfStory> _stories = new([new RtfStory("")]);
    /// <summary>A bullet of Word, in a font in which it is a circle.</summary>
    private const string LetterBullet = "o";

    private readonly RtfTable _table = new(output);
    private readonly List<string> _pageLines = [];
    private readonly List<string> _tableNotes = [];

    public RtfStyles Styles { get; } = new();

    private RtfStory Story => _stories.Peek();

    public void Append(string text, RunStyle style = default) => Story.Text.Append(text, style);

    public void AppendNumber(string text) => Story.Number.Append(text);

    public void MarkItem() => Story.IsItem = true;

    /// <param name="isPageLine">True for a header or footer.</param>
    public void OpenStory(string label, bool isPageLine) => _stories.Push(new RtfStory(label) { IsPageLine = isPageLine });

    public void CloseStory()
    {
        if (_stories.Count == 1)
            return;
        var story = _stories.Pop();
        var text = CleanText.Of(string.Join(' ', story.Cells.Select(cell => cell.Text).Append(story.Text.Take())));
        if (text.Length == 0)
            return;
        if (!story.IsPageLine)
            Story.Notes.Add(story.Label + text);
        else if (text.Any(char.IsLetter) && !_pageLines.Contains(text))
            _pageLines.Add(text);
    }

    public void ReadWord(string word, int? value)
    {
        switch (word)
        {
            case "par" or "sect" or "page":
                EndParagraph();
                break;
            case "pard":
                Story.ResetParagraph();
                break;
            case "s":
                Story.Level = Styles.LevelOf(value ?? 0);
                break;
            case "outlinelevel" when value is >= 0 and < 9:
                Story.Level = value.Value + 1;
                break;
            case "ls" when value is > 0:
                MarkItem();
                break;
            case "intbl":
                Story.InTable = true;
                break;
            case "trowd" or "trhdr" or "clvmgf" or "clvmrg" or "clmgf" or "clmrg" or "cellx" when _stories.Count == 1:
                _table.ReadWord(word);
                break;
            case "cell":
                EndCell();
                break;
            case "nestcell" or "nestrow":
                Append(" ");
                break;
            case "row":
                EndRow();
                break;
        }
    }

    public void End()
    {
        while (_stories.Count > 1)
            CloseStory();
        if (Story.Cells.Count > 0)
            EndRow();
        Story.InTable = false;
        EndParagraph();
        EndTable();
        _pageLines.ForEach(line => output.Paragraph(line));
    }

    private void EndParagraph()
    {
        if (_stories.Count > 1 || Story.InTable)
        {
            Append("\n");
            return;
        }
        EndTable();
        var isBold = Story.Text.IsBold;
        var text = Story.Text.Take();
        if (Story.Level > 0)
            output.Heading(Story.Level, BlockWriter.Numbered(Number(), text));
        else if (Story.IsItem)
            output.ListItem(text, number: Number());
        else
            output.Paragraph(text, isBold: isBold);
        Story.Number.Clear();
        WriteNotes();
    }

    /// <summary>Ends the table and writes the notes that are cited in it.</summary>
    private void EndTable()
    {
        _table.End();
        _tableNotes.ForEach(note => output.Paragraph(note));
        _tableNotes.Clear();
    }

    private void EndCell()
    {
        var isBold = Story.Text.IsBold;
        Story.Cells.Add((BlockWriter.Numbered(Number(), Story.Text.Take()), isBold));
        Story.Number.Clear();
    }

    /// <summary>The number of the item; empty for a bullet.</summary>
    private string Number()
    {
        var number = CleanText.OneLine(Story.Number.ToString());
        return number != LetterBullet && number.Any(char.IsLetterOrDigit) ? number : "";
    }

    private void EndRow()
    {
        if (_stories.Count > 1)
            return; // a table inside a note is text of the note
        _table.AddRow(Story.Cells);
        Story.Cells.Clear();
        _tableNotes.AddRange(Story.Notes);
        Story.Notes.Clear();
    }

    private void WriteNotes()
    {
        Story.Notes.ForEach(note => output.Paragraph(note));
        Story.Notes.Clear();
    }
}
