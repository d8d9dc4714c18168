using System.Globalization;
using System.Text;

namespace RagApp.Storage.Blobs;

/// <summary>
/// Encodes any name, such as a tenant's, as one segment of a key or one folder name, and decodes it. Lower-case letters,
/// digits and <c>-</c> are kept; every other byte of the UTF-8 form becomes <c>_</c> and two hex digits. Different names
/// get different segments, even on a file system that ignores case, and no segment means a parent folder.
/// </summary>
internal static class KeySegment
{
    /// <summary>Longest segment in characters, which fits every file system.</summary>
    public const int MaxLength = 200;

    /// <exception cref="ArgumentException">The name is empty or too long.</exception>
    public static string Encode(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var segment = new StringBuilder(name.Length);
        foreach (var unit in Encoding.UTF8.GetBytes(name))
        {
            if (char.IsAsciiLetterLower((char)unit) || char.IsAsciiDigit((char)unit) || unit == '-')
                segment.Append((char)unit);
            else
                segment.Append(CultureInfo.InvariantCulture, $"_{unit:x2}");
        }
        return segment.Length <= MaxLength
            ? segment.ToString()
            : throw new ArgumentException($"The name is too long to be stored: it needs {segment.Length} characters, {MaxLength} is the most.", nameof(name));
    }

    /// <exception cref="FormatException">The segment was not made by <see cref="Encode"/>.</exception>
    public static string Decode(string segment)
    {
        var bytes = new List<byte>(segment.Length);
        for (var i = 0; i < segment.Length; i++)
        {
            if (segment[i] != '_')
            {
                bytes.Add((byte)segment[i]);
                continue;
            }
            if (i + 2 >= segment.Length)
                throw new FormatException($"'{segment}' is no encoded name.");
            bytes.Add(Convert.FromHexString(segment.AsSpan(i + 1, 2))[0]);
            i += 2;
        }
        return Encoding.UTF8.GetString([.. bytes]);
    }
}
