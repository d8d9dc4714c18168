using System.Globalization;

namespace RagApp.Parsing;

/// <summary>A limit on the unpacked bytes of all parts of one archive together; a part read twice counts twice.</summary>
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
