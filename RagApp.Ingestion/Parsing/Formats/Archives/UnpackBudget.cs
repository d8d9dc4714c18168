using System.Globalization;

namespace RagApp.Ingestion.Parsing.Formats.Archives;

/// <summary>What all parts of one archive may unpack to together, a part that is read twice counting twice.</summary>
internal sealed class UnpackBudget(long limit)
{
    private long _taken;

    public void Take(int count)
    {
        _taken += count;
        if (_taken > limit)
            throw new ParseLimitException(string.Create(CultureInfo.InvariantCulture,
                $"The parts of the file unpack to more than {limit >> 20:N0} MB. Split it into smaller files."));
    }
}
