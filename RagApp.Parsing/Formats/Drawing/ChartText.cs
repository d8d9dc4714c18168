using System.Text;
using System.Xml;
using RagApp.Parsing.Formats.Archives;

namespace RagApp.Parsing.Formats.Drawing;

/// <summary>
/// Reads a chart as rows, from the copy of the values that it stores:
/// <code>
/// c:title / a:p                                       its title and those of its axes
/// c:ser   c:tx (name), c:cat (labels), c:val (values)  ->  Sales | Q1: 5 | Q2: 7
/// </code>
/// </summary>
internal sealed class ChartText(XmlReader reader, BlockWriter output, int? page)
{
    private readonly StringBuilder _text = new();
    private readonly List<string> _names = [];
    private readonly List<string> _labels = [];
    private readonly List<string> _values = [];
    private List<string>? _into;

    public void Read()
    {
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element)
                Open();
            if (reader.IsEnd())
                Close();
        }
    }

    private void Open()
    {
        switch (reader.LocalName)
        {
            case "tx":
                _into = _names;
                break;
            case "cat" or "xVal":
                _into = _labels;
                break;
            case "val" or "yVal":
                _into = _values;
                break;
            case "v":
                _into?.Add(reader.TakeText());
                break;
            case "t" when reader.IsDrawing():
                reader.AppendText(_text);
                break;
        }
    }

    private void Close()
    {
        switch (reader.LocalName)
        {
            case "tx" or "cat" or "xVal" or "val" or "yVal":
                _into = null;
                break;
            case "p" when reader.IsDrawing():
                output.Paragraph(_text.ToString(), page);
                _text.Clear();
                break;
            case "ser":
                output.TableRow(_names.Concat(_values.Select((value, i) => i < _labels.Count ? $"{_labels[i]}: {value}" : value)), page);
                _names.Clear();
                _labels.Clear();
                _values.Clear();
                break;
        }
    }
}
