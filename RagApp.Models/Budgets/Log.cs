using Microsoft.Extensions.Logging;

namespace RagApp.Models.Budgets;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "The budget of {Scope} for {Window} has passed its soft limit: {Spent} of {Limit}")]
    public static partial void SoftLimitReached(this ILogger logger, BudgetScope scope, string window, string spent, string limit);

    [LoggerMessage(LogLevel.Warning, "Unusual spend of tenant {Tenant}, API key {KeyId}, model {Model} in the hour of {Hour}: {Spent}, usually {Usual}")]
    public static partial void UnusualSpend(this ILogger logger, string tenant, string keyId, string model, DateTimeOffset hour, string spent, string usual);

    [LoggerMessage(LogLevel.Information, "The ledger of the budgets is empty and is rebuilt from the usage journal")]
    public static partial void Rebuilding(this ILogger logger);

    [LoggerMessage(LogLevel.Information, "The ledger of the budgets is rebuilt from {Records} records")]
    public static partial void Rebuilt(this ILogger logger, long records);

    [LoggerMessage(LogLevel.Warning, "The ledger of the budgets cannot be looked after, it is tried again: {Reason}")]
    public static partial void CareFailed(this ILogger logger, string reason);

    [LoggerMessage(LogLevel.Error, "The ledger of the budgets cannot be rebuilt from the usage journal, so calls under a budget are refused")]
    public static partial void RebuildFailed(this ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Warning, "A call cannot be settled in the ledger now and is settled later: {Reason}")]
    public static partial void SettledLater(this ILogger logger, string reason);

    [LoggerMessage(LogLevel.Error, "The usage journal cannot be written; {Records} records wait")]
    public static partial void JournalFailed(this ILogger logger, int records, Exception exception);

    [LoggerMessage(LogLevel.Error, "The queue of the usage journal is full: the record of a call waits in the ledger only")]
    public static partial void JournalQueueFull(this ILogger logger);
}
