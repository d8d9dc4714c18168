using System.Text;

namespace RagApp.Parsing.Formats.Rtf;

/// <summary>Reads title, author and dates: <c>{\info{\title Trips}{\creatim\yr2026\mo3\dy1}}</c>.</summary>
internal sealed class RtfInformation(BlockWriter output)
{
    private readonly StringBuilder _text = new();
    private int _year;
    private int _month;
    private int _day;

    public void AddText(RtfDestination destination, string text)
    {
        if (destination is RtfDestination.Title or RtfDestination.Author)
            _text.Append(text);
    }

    public void AddDate(string word, int value)
    {
        if (word == "yr")
            _year = value;
        else if (word == "mo")
            _month = value;
        else if (word == "dy")
            _day = value;
    }

    public void Close(RtfDestination destination)
    {
        switch (destination)
        {
            case RtfDestination.Title:
                output.SetTitle(DocumentTitle.Of(_text.ToString()));
                break;
            case RtfDestination.Author:
                output.SetAuthor(_text.ToString());
                break;
            case RtfDestination.Created:
                output.SetDates(Date(), modified: null);
                break;
            case RtfDestination.Modified:
                output.SetDates(created: null, Date());
                break;
            default:
                return;
        }
        _text.Clear();
        (_year, _month, _day) = (0, 0, 0);
    }

    private DateTimeOffset? Date() =>
        _year is > 1900 and < 9999 && _month is >= 1 and <= 12 && _day >= 1 && _day <= DateTime.DaysInMonth(_year, _month)
            ? new DateTimeOffset(_year, _month, _day, 0, 0, 0, TimeSpan.Zero)
            : null;
}
