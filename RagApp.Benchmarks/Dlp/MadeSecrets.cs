using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PhoneNumbers;

namespace RagApp.Benchmarks.Dlp;

/// <summary>Generates confidential data that belongs to nobody, in the notations that people use and with valid check digits.</summary>
internal sealed class MadeSecrets(Random random)
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const string HexDigits = "0123456789abcdef";

    private static readonly string[] Regions = ["US", "DE", "GB", "FR", "IN", "BR", "JP", "AU", "PL", "ES"];

    public string From(string alphabet, int length) => string.Concat(Enumerable.Range(0, length).Select(_ => alphabet[random.Next(alphabet.Length)]));

    public string Digits(int length) => From("0123456789", length);

    public string Hex(int length) => From(HexDigits, length);

    public string PaymentCard()
    {
        var (prefix, length, groups) = Pick<(string, int, int[])>(
            ("4", 16, [4, 4, 4, 4]), ("5" + random.Next(1, 6), 16, [4, 4, 4, 4]), ("37", 15, [4, 6, 5]), ("6011", 16, [4, 4, 4, 4]), ("36", 14, [4, 6, 4]));
        var number = WithLuhn(prefix + Digits(length - prefix.Length - 1));
        return random.Next(10) switch
        {
            < 4 => number,
            < 7 => Grouped(number, groups, " "),
            7 => Grouped(number, groups, "-"),
            8 => Grouped(number, groups, "\u00A0"),
            _ => Grouped(number, groups, " ").Insert(Grouped(number, groups, " ").Length / 2, "\n").Replace(" \n", "\n", StringComparison.Ordinal).Replace("\n ", "\n", StringComparison.Ordinal),
        };
    }

    public string Iban()
    {
        var (country, bban) = random.Next(4) switch
        {
            0 => ("DE", Digits(18)),
            1 => ("GB", From("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 4) + Digits(14)),
            2 => ("FR", Digits(23)),
            _ => ("NL", From("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 4) + Digits(10)),
        };
        var value = string.Concat((bban + country + "00").Select(c => char.IsDigit(c) ? $"{c}" : (c - 'A' + 10).ToString(CultureInfo.InvariantCulture)));
        var check = 98 - (int)(System.Numerics.BigInteger.Parse(value, CultureInfo.InvariantCulture) % 97);
        var iban = string.Create(CultureInfo.InvariantCulture, $"{country}{check:00}{bban}");
        return random.Next(2) == 0 ? iban : string.Join(' ', iban.Chunk(4).Select(group => new string(group)));
    }

    public string UsSsn()
    {
        var (area, group, serial) = (random.Next(1, 666), random.Next(1, 100), random.Next(1, 10_000));
        return random.Next(4) switch
        {
            0 => string.Create(CultureInfo.InvariantCulture, $"SSN {area:000}{group:00}{serial:0000}"),
            1 => string.Create(CultureInfo.InvariantCulture, $"social security number {area:000} {group:00} {serial:0000}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{area:000}-{group:00}-{serial:0000}"),
        };
    }

    public string PrivateKey()
    {
        if (random.Next(2) == 0)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return random.Next(2) == 0 ? key.ExportPkcs8PrivateKeyPem() : key.ExportECPrivateKeyPem();
        }
        var label = Pick("RSA PRIVATE KEY", "OPENSSH PRIVATE KEY", "PGP PRIVATE KEY BLOCK");
        var lines = Enumerable.Range(0, 8).Select(_ => From(Alphanumeric + "+/", 64));
        return $"-----BEGIN {label}-----\n{string.Join('\n', lines)}\n-----END {label}-----";
    }

    public string ApiToken() => random.Next(9) switch
    {
        0 => $"AKIA{From("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16)}",
        1 => $"AIza{From(Alphanumeric + "_-", 35)}",
        2 => $"ghp_{WithCrc(From(Alphanumeric, 30))}",
        3 => $"glpat-{From(Alphanumeric + "_-", 20)}",
        4 => $"xoxb-{Digits(12)}-{Digits(12)}-{From(Alphanumeric, 24)}",
        5 => $"sk_live_{From(Alphanumeric, 24)}",
        6 => $"sk-ant-api03-{From(Alphanumeric + "_-", 93)}AA",
        7 => $"aws_secret_access_key = {From(Alphanumeric + "+/", 40)}",
        _ => $"AccountKey={From(Alphanumeric + "+/", 86)}==",
    };

    public string Jwt() => string.Join(
        '.',
        Base64Url($$"""{"alg":"{{Pick("HS256", "RS256", "ES256")}}","typ":"JWT"}"""),
        Base64Url($$"""{"sub":"{{Hex(8)}}","exp":{{random.Next(1_700_000_000, 1_900_000_000)}}}"""),
        From(Alphanumeric + "_-", 43));

    public string Email() =>
        $"{Pick("anna", "bob.miller", "c_lee", "d-o", "e+news")}{random.Next(100)}@{Pick("example", "mail.acme", "münchen", "uni-x")}.{Pick("com", "org", "de", "co.uk", "io")}";

    public string Phone()
    {
        var region = Pick(Regions);
        var plans = PhoneNumberUtil.GetInstance();
        var number = plans.GetExampleNumberForType(region, random.Next(2) == 0 ? PhoneNumberType.FIXED_LINE : PhoneNumberType.MOBILE) ?? plans.GetExampleNumber(region);
        return random.Next(4) switch
        {
            0 => plans.Format(number, PhoneNumberFormat.E164),
            1 when region == "US" => plans.Format(number, PhoneNumberFormat.NATIONAL),
            2 when region == "US" => $"tel {number.NationalNumber}",
            _ => plans.Format(number, PhoneNumberFormat.INTERNATIONAL),
        };
    }

    private static string WithLuhn(string digits)
    {
        var sum = digits.Reverse().Select((c, i) => i % 2 == 0 ? (c - '0') * 2 : c - '0').Sum(value => value > 9 ? value - 9 : value);
        return digits + (char)('0' + ((10 - (sum % 10)) % 10));
    }

    private static string WithCrc(string text)
    {
        const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        var crc = System.IO.Hashing.Crc32.HashToUInt32(Encoding.ASCII.GetBytes(text));
        var checksum = "";
        for (var i = 0; i < 6; i++, crc /= 62)
            checksum = Base62[(int)(crc % 62)] + checksum;
        return text + checksum;
    }

    private static string Grouped(string number, int[] groups, string separator)
    {
        var parts = new List<string>();
        var from = 0;
        foreach (var length in groups)
        {
            parts.Add(number[from..(from + length)]);
            from += length;
        }
        return string.Join(separator, parts);
    }

    private static string Base64Url(string text) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private T Pick<T>(params T[] choices) => choices[random.Next(choices.Length)];
}
