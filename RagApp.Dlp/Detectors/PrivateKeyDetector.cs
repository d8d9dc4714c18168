using System.Buffers;
using RagApp.Dlp.Text;

namespace RagApp.Dlp.Detectors;

/// <summary>
/// Finds private keys and reports the whole block: PEM (RFC 7468: PKCS 1, PKCS 8, SEC 1, OpenSSH), PGP, SSH2, PuTTY.
/// <code>
/// -----BEGIN RSA PRIVATE KEY-----
/// MIIEpAIBAAKCAQEA...
/// -----END RSA PRIVATE KEY-----
/// </code>
/// Word processors change the length of dashes and lines, so neither is checked. A block without a closing line ends with
/// its encoded lines. A block without encoded data is a text about keys and is not reported.
/// </summary>
internal sealed class PrivateKeyDetector : IDetector
{
    /// <summary>Fewest encoded characters of a key. The shortest key, Ed25519 in PKCS 8, has 64; fewer than 48 is an ellipsis.</summary>
    private const int FewestCharacters = 48;

    /// <summary>Length from which a word of base64 characters counts as encoded data; sentences have no such words.</summary>
    private const int EncodedWord = 16;

    private const int LongestBlock = 64 * 1024;
    private const int LongestLabel = 40;

    /// <summary>Length behind which no block goes on, its last word included.</summary>
    private const int LongestHeld = 2 * LongestBlock;
    private const string Pem = "PRIVATE KEY";
    private const string PgpBlock = " BLOCK";
    private const string Putty = "PuTTY-User-Key-File-";
    private const string PuttyEnd = "Private-MAC:";
    private const string Begin = "BEGIN ";
    private const string End = "END ";

    private static readonly SearchValues<string> Anchors = SearchValues.Create([Pem, Putty], StringComparison.Ordinal);

    public string Name => "private-key";

    public void Find(ReadOnlySpan<char> text, ICollection<TextSpan> found, CancellationToken cancellationToken)
    {
        for (var from = 0; from < text.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var hit = text[from..].IndexOfAny(Anchors);
            if (hit < 0)
                return;
            var at = from + hit;
            var block = text[at] == Putty[0] && text[at..].StartsWith(Putty, StringComparison.Ordinal)
                ? PuttyBlock(text, at)
                : PemBlock(text, at, from);
            if (block.End > block.Start)
                found.Add(block);
            from = Math.Max(block.End, at + Pem.Length);
        }
    }

    /// <summary>A block is open until its closing line; so is what may be the beginning of the opening line.</summary>
    public int OpenFrom(ReadOnlySpan<char> text)
    {
        for (var from = 0; from < text.Length;)
        {
            var hit = text[from..].IndexOfAny(Anchors);
            if (hit < 0)
                break;
            var at = from + hit;
            var open = text[at] == Putty[0] && text[at..].StartsWith(Putty, StringComparison.Ordinal) ? OpenPutty(text, at) : OpenPem(text, at, from);
            if (open < text.Length)
                return open;
            from = at + Pem.Length;
        }
        return Math.Min(OpenOpeningLine(text), text.Length - LengthAtEnd(text, Putty));
    }

    private static int OpenPutty(ReadOnlySpan<char> text, int start)
    {
        if (text.Length - start >= LongestHeld)
            return text.Length;
        var mac = text[start..].IndexOf(PuttyEnd, StringComparison.Ordinal);
        var end = mac < 0 ? text.Length : SkipGap(text, start + mac + PuttyEnd.Length);
        while (end < text.Length && char.IsAsciiHexDigit(text[end]))
            end++;
        return end < text.Length ? text.Length : start;
    }

    private static int OpenPem(ReadOnlySpan<char> text, int at, int from)
    {
        var floor = Math.Max(from, at - LongestLabel);
        var begin = text[floor..at].LastIndexOf(Begin, StringComparison.Ordinal);
        if (begin < 0 || text.Length - at >= LongestHeld)
            return text.Length;
        var body = at + Pem.Length;
        var label = text[body..Math.Min(text.Length, body + LongestLabel)];
        if (!label.Contains('-') && label.Length == LongestLabel)
            return text.Length;
        return PemEnd(text, body) is > 0 and var end && end < text.Length && !PgpBlock.StartsWith(text[end..], StringComparison.Ordinal)
            ? text.Length
            : WithDashes(text, floor + begin);
    }

    /// <summary>The start of dashes at the end with BEGIN or a part of it behind them, or of a line that has begun so; the end of the text when there is none.</summary>
    private static int OpenOpeningLine(ReadOnlySpan<char> text)
    {
        var floor = Math.Max(0, text.Length - LongestLabel - Pem.Length);
        var begin = text[floor..].LastIndexOf(Begin, StringComparison.Ordinal);
        if (begin >= 0)
            return WithDashes(text, floor + begin);
        return WithDashes(text, text.Length - LengthAtEnd(text, Begin));
    }

    /// <summary>Number of characters at the end of the text that are the beginning of a phrase.</summary>
    private static int LengthAtEnd(ReadOnlySpan<char> text, string phrase)
    {
        var length = Math.Min(phrase.Length - 1, text.Length);
        while (!text.EndsWith(phrase.AsSpan(0, length), StringComparison.Ordinal))
            length--;
        return length;
    }

    /// <summary>The first of the dashes before a position, which spaces may separate; the position when there is none.</summary>
    private static int WithDashes(ReadOnlySpan<char> text, int at)
    {
        var start = at;
        while (start > 0 && text[start - 1] is '-' or ' ')
            start--;
        var dash = text[start..at].IndexOf('-');
        return dash < 0 ? at : start + dash;
    }

    /// <param name="at">Position of PRIVATE KEY.</param>
    /// <param name="from">Position from which to search; text before it is not looked at again.</param>
    private static TextSpan PemBlock(ReadOnlySpan<char> text, int at, int from)
    {
        var floor = Math.Max(from, at - LongestLabel);
        var begin = text[floor..at].LastIndexOf(Begin, StringComparison.Ordinal);
        if (begin < 0)
            return default;
        var start = floor + begin;
        while (start > from && text[start - 1] is '-' or ' ')
            start--;
        if (text[start] != '-' && !text[start..at].Contains('-'))
            return default;
        while (text[start] == ' ')
            start++;

        // The label may continue after PRIVATE KEY (PGP adds BLOCK); dashes follow.
        var body = at + Pem.Length;
        var dash = text[body..Math.Min(text.Length, body + LongestLabel)].IndexOf('-');
        if (dash < 0)
            return default;
        body += dash;
        while (body < text.Length && text[body] == '-')
            body++;

        var end = PemEnd(text, body);
        if (end == 0)
            end = EndOfEncoded(text, body);
        return Encoded(text[body..end]) >= FewestCharacters ? new TextSpan(start, end) : default;
    }

    /// <summary>The position after the closing line; 0 when there is none before the next block begins.</summary>
    private static int PemEnd(ReadOnlySpan<char> text, int body)
    {
        var limit = Math.Min(text.Length, body + LongestBlock);
        var label = text[body..limit].IndexOf(Pem, StringComparison.Ordinal);
        if (label < 0)
            return 0;
        var at = body + label;
        var floor = Math.Max(body, at - LongestLabel);
        if (!text[floor..at].Contains(End, StringComparison.Ordinal) || text[floor..at].Contains(Begin, StringComparison.Ordinal))
            return 0;
        at += Pem.Length;
        if (text[at..].StartsWith(PgpBlock, StringComparison.Ordinal))
            at += PgpBlock.Length;
        while (at < text.Length && text[at] == '-')
            at++;
        return at;
    }

    private static TextSpan PuttyBlock(ReadOnlySpan<char> text, int start)
    {
        var body = text[(start + Putty.Length)..Math.Min(text.Length, start + LongestBlock)];
        if (body.IndexOf(Putty, StringComparison.Ordinal) is >= 0 and var next)
            body = body[..next];
        var mac = body.IndexOf(PuttyEnd, StringComparison.Ordinal);
        if (mac < 0 || Encoded(body[..mac]) < FewestCharacters)
            return default;
        var end = SkipGap(text, start + Putty.Length + mac + PuttyEnd.Length);
        while (end < text.Length && char.IsAsciiHexDigit(text[end]))
            end++;
        return new TextSpan(start, end);
    }

    /// <summary>End of the words that are encoded data or header lines of the block.</summary>
    private static int EndOfEncoded(ReadOnlySpan<char> text, int from)
    {
        var end = from;
        for (var at = SkipGap(text, from); at < text.Length && at - from < LongestBlock;)
        {
            var stop = EndOfWord(text, at);
            if (!IsEncoded(text[at..stop]) && text[stop - 1] is not ('=' or ':'))
                break;
            end = stop;
            at = SkipGap(text, stop);
        }
        return end;
    }

    /// <summary>Number of characters in words that are encoded data.</summary>
    private static int Encoded(ReadOnlySpan<char> text)
    {
        var count = 0;
        for (var at = SkipGap(text, 0); at < text.Length;)
        {
            var stop = EndOfWord(text, at);
            if (IsEncoded(text[at..stop]))
                count += stop - at;
            at = SkipGap(text, stop);
        }
        return count;
    }

    private static bool IsEncoded(ReadOnlySpan<char> word)
    {
        foreach (var c in word)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '/' or '='))
                return false;
        }
        return word.Length >= EncodedWord;
    }

    /// <summary>Skips white space, and line ends as JSON writes them: a backslash and an n.</summary>
    private static int SkipGap(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && IsGap(text, at, out var width))
            at += width;
        return at;
    }

    private static int EndOfWord(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && !IsGap(text, at, out _))
            at++;
        return at;
    }

    private static bool IsGap(ReadOnlySpan<char> text, int at, out int width)
    {
        width = text[at] == '\\' && at + 1 < text.Length && text[at + 1] is 'n' or 'r' ? 2 : 1;
        return width == 2 || char.IsWhiteSpace(text[at]) || text[at] is '"' or '|';
    }
}
