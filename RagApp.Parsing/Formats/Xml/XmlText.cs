using System.Xml;

namespace RagApp.Parsing.Formats.Xml;

/// <summary>
/// Writes XML as text. An element with text only is a line of its parent; text mixed with elements is one paragraph.
/// <code>
/// &lt;book>&lt;title>Emma&lt;/title>&lt;year>1815&lt;/year>&lt;/book>   ->   title: Emma
///                                                         year: 1815
/// &lt;p>Read &lt;i>Emma&lt;/i> first.&lt;/p>                      ->   Read Emma first.
/// </code>
/// Open elements are kept on an explicit stack, so deep nesting cannot overflow the call stack.
/// </summary>
internal sealed class XmlText(XmlReader reader, BlockWriter output)
{
    /// <summary>Largest number of lines held back until their parent is complete.</summary>
    private const int MostLines = 200;

    private readonly Stack<Element> _open = new();

    /// <summary>Reads the reader's current element to its end.</summary>
    public void Read()
    {
        do
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    Open();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA:
                    _open.Peek().AddText(reader.Value);
                    break;
                case XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace when _open.TryPeek(out var element) && element.HasText:
                    element.AddText(" ");
                    break;
                case XmlNodeType.EndElement:
                    Close();
                    break;
            }
        }
        while (reader.Read());
        while (_open.Count > 0)
            Close();
    }

    private void Open()
    {
        var element = new Element(reader.LocalName);
        _open.Push(element);
        if (!reader.IsEmptyElement)
            return;
        while (reader.MoveToNextAttribute())
        {
            if (reader.Prefix.Length == 0 && reader.LocalName != "xmlns")
                element.AddLine(reader.LocalName, reader.Value);
        }
        Close();
    }

    private void Close()
    {
        var element = _open.Pop();
        _open.TryPeek(out var parent);
        if (element.HasText && parent is not null)
        {
            parent.AddLine(element.Name, element.Text());
            if (parent is { HasText: false, Count: > MostLines })
                Write(parent);
            return;
        }
        if (parent is { HasText: false } && element.Count > 0)
            Write(parent); // the parent's lines come before those of its children
        Write(element);
    }

    private void Write(Element element) => output.Paragraph(element.HasText ? element.Text() : element.TakeLines());

    private sealed class Element(string name)
    {
        private readonly List<(string? Name, string Text)> _parts = [];

        public string Name => name;

        public bool HasText { get; private set; }

        public int Count => _parts.Count;

        public void AddText(string text)
        {
            HasText |= !string.IsNullOrWhiteSpace(text);
            _parts.Add((null, text));
        }

        public void AddLine(string line, string text) => _parts.Add((line, text));

        public string Text() => string.Concat(_parts.Select(part => part.Text));

        public string TakeLines()
        {
            var lines = string.Join('\n', _parts.Where(part => part.Name is not null && !string.IsNullOrWhiteSpace(part.Text))
                .Select(part => $"{part.Name}: {CleanText.OneLine(part.Text)}"));
            _parts.Clear();
            return lines;
        }
    }
}
