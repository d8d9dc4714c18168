namespace RagApp.Parsing.Formats.Rtf;

/// <summary>Writes paragraphs, cells and rows. Notes in a paragraph are written after it; headers and footers are written once, at the end.</summary>
internal sealed class RtfParagraphs(BlockWriter output)
{
    private readonly Stack<RtfStory> _stories = new([new RtfStory("")]);
    private readonly List<string> _pageLines = [];

    public RtfStyles Styles { get; } = new();

    private RtfStory Story => _stories.Peek();

    public void Append(string text) => Story.Text.Append(text);

    public void MarkItem() => Story.IsItem = true;

    /// <param name="isPageLine">True for a header or footer.</param>
    public void OpenStory(string label, bool isPageLine) => _stories.Push(new RtfStory(label) { IsPageLine = isPageLine });

    public void CloseStory()
    {
        if (_stories.Count == 1)
            return;
        var story = _stories.Pop();
        var text = CleanText.Of(string.Join(' ', story.Cells.Append(story.Text.ToString())));
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
        _pageLines.ForEach(line => output.Paragraph(line));
    }

    private void EndParagraph()
    {
        if (_stories.Count > 1 || Story.InTable)
        {
            Append("\n");
            return;
        }
        var text = Story.Text.ToString();
        Story.Text.Clear();
        if (Story.Level > 0)
            output.Heading(Story.Level, text);
        else if (Story.IsItem)
            output.ListItem(text);
        else
            output.Paragraph(text);
        WriteNotes();
    }

    private void EndCell()
    {
        Story.Cells.Add(Story.Text.ToString());
        Story.Text.Clear();
    }

    private void EndRow()
    {
        if (_stories.Count > 1)
            return; // a table inside a note is text of the note
        output.TableRow(Story.Cells);
        Story.Cells.Clear();
        WriteNotes();
    }

    private void WriteNotes()
    {
        Story.Notes.ForEach(note => output.Paragraph(note));
        Story.Notes.Clear();
    }
}
