using System.Globalization;

namespace RagApp.Models.Budgets.Ledger;

/// <summary>A reservation whose lease has ended, because its process died or could not reach the ledger.</summary>
internal sealed record ExpiredReservation(string Id, DateTimeOffset At, string Tenant, string Day, string Month)
{
    /// <summary>Reads the line that <see cref="LedgerCall.Line"/> made.</summary>
    public static ExpiredReservation Parse(string id, string line)
    {
        var words = line.Split(' ');
        var at = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(words[4], CultureInfo.InvariantCulture));
        return new ExpiredReservation(id, at, Uri.UnescapeDataString(words[5]), words[2], words[3]);
    }
}
