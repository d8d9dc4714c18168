using System.Globalization;

namespace RagApp.Benchmarks.Dlp;

/// <summary>
/// A generated test set: sentences that each contain one piece of confidential data, and as many sentences with look-alikes
/// such as order numbers, ISBNs, times, hashes, versions and serial numbers. The same seed gives the same set.
/// </summary>
internal static class LabelledSet
{
    private const int PerDetector = 500;
    private const int PerLookAlike = 200;
    private const string Base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private const string Capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private static readonly string[] Sentences =
    [
        "Please note {0} for the next meeting.", "It was {0}, as far as we know.", "See {0}.", "{0} is what they sent us;", "| row 7 | {0} | open |", "reference: {0}\nplease keep it",
    ];

    public static IReadOnlyList<LabelledText> Make(int seed)
    {
        var random = new Random(seed);
        var made = new MadeSecrets(random);
        return
        [
            .. Holding("payment-card", made.PaymentCard), .. Holding("iban", made.Iban), .. Holding("us-ssn", made.UsSsn), .. Holding("private-key", made.PrivateKey),
            .. Holding("api-token", made.ApiToken), .. Holding("jwt", made.Jwt), .. Holding("email", made.Email), .. Holding("phone", made.Phone),
            .. LookAlikes(random, made).SelectMany(make => Enumerable.Range(0, PerLookAlike).Select(_ => new LabelledText(null, Say(make())))),
        ];

        IEnumerable<LabelledText> Holding(string detector, Func<string> make) =>
            Enumerable.Range(0, PerDetector).Select(_ => new LabelledText(detector, Say(make())));

        string Say(string value) => string.Format(CultureInfo.InvariantCulture, Sentences[random.Next(Sentences.Length)], value);
    }

    private static IEnumerable<Func<string>> LookAlikes(Random random, MadeSecrets made)
    {
        yield return () => made.Digits(random.Next(8, 21)); // order numbers
        yield return () => $"order {made.Digits(16)}";
        yield return () => $"{made.Digits(4)} {made.Digits(4)} {made.Digits(4)} {made.Digits(4)}"; // licence numbers, amounts in columns
        yield return () => $"978-{made.Digits(1)}-{made.Digits(2)}-{made.Digits(6)}-{made.Digits(1)}"; // ISBN
        yield return () => $"4{made.Digits(12)}"; // EAN
        yield return () => random.NextInt64(1_600_000_000_000, 1_800_000_000_000).ToString(CultureInfo.InvariantCulture); // Unix time in milliseconds
        yield return () => random.NextInt64(1_600_000_000_000_000, 1_800_000_000_000_000).ToString(CultureInfo.InvariantCulture);
        yield return () => $"20{made.Digits(2)}-0{random.Next(1, 10)}-{random.Next(10, 29)} 1{random.Next(0, 10)}:{random.Next(10, 60)}:{random.Next(10, 60)}.{made.Digits(6)}";
        yield return () => random.NextDouble().ToString("R", CultureInfo.InvariantCulture);
        yield return () => $"{made.Digits(4)} | {made.Digits(4)} | {made.Digits(4)} | {made.Digits(4)} | {made.Digits(4)}"; // table cells
        yield return () => new Guid(Convert.FromHexString(made.Hex(32))).ToString();
        yield return () => made.Hex(40); // commit hashes
        yield return () => $"sha256:{made.Hex(64)}";
        yield return () => made.From(Base64, 64); // Base64 data
        yield return () => $"v{random.Next(20)}.{random.Next(30)}.{random.Next(9_999)}.{random.Next(9_999)}";
        yield return () => $"{random.Next(256)}.{random.Next(256)}.{random.Next(256)}.{random.Next(256)}";
        yield return () => $"SN-{made.Digits(4)}-{made.Digits(4)}-{made.Digits(4)}-{made.Digits(4)}"; // serial numbers
        yield return () => $"PN {made.Digits(3)}-{made.Digits(4)}-{made.Digits(2)}";
        yield return () => $"1Z{made.From(Capitals, 3)}{made.Digits(13)}"; // parcel tracking numbers
        yield return () => $"DE{made.Digits(9)}"; // VAT
        yield return () => $"{made.Digits(2)}-{made.Digits(7)}"; // EIN
        yield return () => $"{made.Digits(5)}-{made.Digits(4)}"; // ZIP
        yield return () => $"${random.Next(1, 999)},{made.Digits(3)},{made.Digits(3)}.{made.Digits(2)}";
        yield return () => $"{random.Next(-90, 90)}.{made.Digits(6)}, {random.Next(-180, 180)}.{made.Digits(6)}"; // coordinates
        yield return () => $"10.{made.Digits(4)}/{made.Digits(8)}"; // DOI
        yield return () => $"https://example.com/items/{made.Digits(16)}";
        yield return () => $"package@{random.Next(20)}.{random.Next(30)}.{random.Next(30)}";
        yield return () => $"icon-{random.Next(100)}@2x.png";
        yield return () => $"git@github.com:acme/app-{random.Next(100)}.git";
        yield return () => $"ghp_{made.From(Base64[..62], 36)}"; // GitHub token without a valid checksum
        yield return () => $"sk_live_{new string('x', 24)}";
        yield return () => $"pk_live_{made.From(Base64[..62], 24)}";
        yield return () => $"-----BEGIN PUBLIC KEY-----\n{made.From(Base64, 64)}\n-----END PUBLIC KEY-----";
        yield return () => $"data.{made.From(Base64[..62], 30)}.{made.From(Base64[..62], 20)}";
    }
}
