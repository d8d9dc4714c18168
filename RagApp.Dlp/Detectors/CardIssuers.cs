namespace RagApp.Dlp.Detectors;

/// <summary>
/// Issuer ranges of payment cards by the first six digits, each with its card number lengths (ISO/IEC 7812, as the networks
/// publish them).
/// </summary>
internal static class CardIssuers
{
    private sealed record IssuerRange(int First, int Last, int Shortest, int Longest);

    /// <summary>The ranges, sorted by <see cref="IssuerRange.First"/>.</summary>
    private static readonly IssuerRange[] Ranges =
    [
        new(220000, 220499, 16, 19), // Mir
        new(222100, 272099, 16, 16), // Mastercard
        new(300000, 305999, 14, 14), // Diners Club
        new(309500, 309599, 14, 14), // Diners Club
        new(340000, 349999, 15, 15), // American Express
        new(352800, 358999, 16, 19), // JCB
        new(360000, 369999, 14, 14), // Diners Club
        new(370000, 379999, 15, 15), // American Express
        new(380000, 399999, 14, 14), // Diners Club
        new(400000, 499999, 13, 19), // Visa
        new(501800, 501899, 16, 19), // Maestro
        new(502000, 502099, 16, 19), // Maestro
        new(503800, 503899, 16, 19), // Maestro
        new(508500, 508999, 16, 16), // RuPay
        new(510000, 559999, 16, 16), // Mastercard
        new(589300, 589399, 16, 19), // Maestro
        new(601100, 601199, 16, 19), // Discover
        new(606985, 608500, 16, 16), // RuPay
        new(620000, 629999, 16, 19), // UnionPay, and Discover with it
        new(630400, 630499, 16, 19), // Maestro
        new(644000, 659999, 16, 19), // Discover, RuPay
        new(675900, 676399, 16, 19), // Maestro
        new(979200, 979299, 16, 16), // Troy
    ];

    public static bool Issues(int firstSix, int length)
    {
        foreach (var range in Ranges)
        {
            if (firstSix < range.First)
                return false;
            if (firstSix <= range.Last)
                return length >= range.Shortest && length <= range.Longest && (firstSix / 100_000 != 4 || length is 13 or 16 or 19);
        }
        return false;
    }
}
