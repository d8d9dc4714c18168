using System.Globalization;
using StackExchange.Redis;

namespace RagApp.Models.Budgets.Ledger;

/// <summary>Reads the field of a scope in a window, see <see cref="LedgerScripts"/>.</summary>
internal static class LedgerFigures
{
    public static (Spend Spent, Spend Held) Parse(RedisValue value)
    {
        if (value.IsNull)
            return default;
        var numbers = value.ToString().Split(' ').Select(text => long.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        return (new Spend(numbers[0], numbers[1]), new Spend(numbers[2], numbers[3]));
    }
}
