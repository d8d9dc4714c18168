using System.Collections.Frozen;

namespace RagApp.Dlp.Text;

/// <summary>Recognizes numbers that the text itself calls something else than a card: <c>order no. 4539578763621486</c>, <c>SN-4539-5787-6362-1486</c>.</summary>
internal static class OtherNumber
{
    private const int Reach = 40;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Numbers =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "no", "nr", "number", "num", "id", "code", "nummer").GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Things = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "order", "orders", "invoice", "serial", "tracking", "parcel", "shipment", "ticket", "isbn", "ean", "imei", "bestellung", "auftrag",
        "rechnung", "bestellnummer", "auftragsnummer", "rechnungsnummer", "seriennummer", "sendungsnummer", "commande", "facture", "pedido", "factura", "ordine", "fattura")
        .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>True when the words directly before a number name another kind of number.</summary>
    public static bool IsNamedBefore(ReadOnlySpan<char> text, int at)
    {
        var before = text[Math.Max(0, at - Reach)..at];
        var word = TakeLastWord(ref before);
        if (Numbers.Contains(word))
            word = TakeLastWord(ref before);
        return Things.Contains(word);
    }

    /// <summary>True when letters and a hyphen are a part of the number.</summary>
    public static bool HasPrefix(ReadOnlySpan<char> text, int at) => at > 1 && text[at - 1] == '-' && char.IsLetter(text[at - 2]);

    private static ReadOnlySpan<char> TakeLastWord(ref ReadOnlySpan<char> text)
    {
        text = text.TrimEnd(" \n:#.=");
        var start = text.Length;
        while (start > 0 && char.IsLetter(text[start - 1]))
            start--;
        var word = text[start..];
        text = text[..start];
        return word;
    }
}
