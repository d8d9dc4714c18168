using System.Globalization;
using Microsoft.Data.Sqlite;
using RagApp.Contracts.Documents;
using RagApp.Storage.Access;

namespace RagApp.Ingestion.Catalogue;

/// <summary>
/// A tenant's documents in a temporary SQLite database of this process. SQLite moves it to the folder for temporary
/// files when it outgrows memory, and deletes it when the process ends. One caller uses it at a time.
/// </summary>
internal sealed class TenantCatalogue : IDisposable
{
    /// <summary>
    /// Number of access lists up to which each list is read by its own index. For a reader of more lists, all documents
    /// are read in sort order and filtered.
    /// </summary>
    internal const int ListsAtOnce = 50;

    private readonly SqliteConnection _connection = new("Data Source=;Pooling=False");
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>
    /// Ids of the documents written since the comparison with the store began; null when no comparison is running. What
    /// the comparison read of these documents may be out of date.
    /// </summary>
    private HashSet<string>? _written;

    /// <summary>The first failure of the database, after which its content is not used; null when all reads and writes succeeded.</summary>
    public SqliteException? Failure { get; private set; }

    public TenantCatalogue()
    {
        _connection.Open();
        Command(CatalogueSchema.Create).ExecuteNonQuery();
    }

    public Task PutAsync(CatalogueRow row) => UseAsync(() =>
    {
        _written?.Add(row.Id);
        return Put(row);
    });

    public Task RemoveAsync(string id) => UseAsync(() =>
    {
        _written?.Add(id);
        return Remove(id);
    });

    /// <summary>Synchronous form of <see cref="RemoveAsync"/>.</summary>
    public void Forget(string id)
    {
        _turn.Wait();
        try
        {
            _written?.Add(id);
            Remove(id);
        }
        catch (SqliteException exception)
        {
            Failure ??= exception;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// Begins a comparison with the store: from now on <see cref="PutUnlessWrittenAsync"/> does not overwrite rows that others
    /// write.
    /// </summary>
    public Task BeginComparisonAsync() => UseAsync(() => (_written = new HashSet<string>(StringComparer.Ordinal)).Count);

    public Task EndComparisonAsync() => UseAsync(() => (_written = null) is null);

    public Task PutUnlessWrittenAsync(CatalogueRow row) => UseAsync(() => _written!.Contains(row.Id) || Put(row));

    public Task<List<string>> ListIdsAsync() => UseAsync(() => Read("SELECT id FROM document", reader => reader.GetString(0)));

    /// <summary>Number of distinct access lists.</summary>
    public Task<long> CountListsAsync() => UseAsync(() => (long)Scalar("SELECT count(*) FROM list")!);

    /// <summary>
    /// The documents that <paramref name="reader"/> may see according to the catalogue, in the order of the query and from its
    /// start.
    /// </summary>
    public Task<List<CatalogueEntry>> ReadAsync(ListQuery query, AccessFilter reader, int limit) => UseAsync(() =>
    {
        var entries = ("$entries", (object?)ListQuery.Json(reader.Entries));
        var lists = Read($"SELECT DISTINCT list FROM reader WHERE {ListQuery.ReadersEntries} LIMIT {ListsAtOnce + 1}", row => row.GetInt64(0), entries);
        if (lists.Count == 0)
            return [];
        var sql = lists.Count > ListsAtOnce ? query.OfAll() : query.OfLists(lists);
        return ReadEntries(sql, [.. query.Parameters, entries, ("$limit", limit)]);
    });

    /// <summary>The documents directly inside <paramref name="parentId"/>.</summary>
    public Task<List<CatalogueEntry>> ReadChildrenAsync(ListQuery query, string parentId, int limit) =>
        UseAsync(() => ReadEntries(query.OfParent(), [.. query.Parameters, ("$parent", parentId), ("$limit", limit)]));

    /// <summary>The document's current entry; null when the document is gone or no longer matches the query.</summary>
    public Task<CatalogueEntry?> FindAsync(ListQuery query, string id) =>
        UseAsync(() => ReadEntries(query.OfId(), [.. query.Parameters, ("$id", id)]).SingleOrDefault());

    /// <summary>The number of descendants of a document by status.</summary>
    public Task<ChildCounts> CountBelowAsync(string id) => UseAsync(() =>
    {
        var counts = Read(CatalogueSchema.CountBelow, row => (Status: row.GetString(0), Count: row.GetInt32(1)), ("$id", id))
            .ToDictionary(each => Enum.Parse<DocumentStatus>(each.Status, ignoreCase: true), each => each.Count);
        return new ChildCounts(
            counts.GetValueOrDefault(DocumentStatus.Indexed),
            counts.GetValueOrDefault(DocumentStatus.Empty),
            counts.GetValueOrDefault(DocumentStatus.Failed),
            InProgress: counts.Where(each => !each.Key.IsFinal()).Sum(each => each.Value))
        {
            Quarantined = counts.GetValueOrDefault(DocumentStatus.Quarantined),
        };
    });

    public void Dispose()
    {
        _turn.Wait();
        _connection.Dispose();
    }

    /// <summary>Adds or replaces a row. For an upload, its access list is given to all children, in the same transaction.</summary>
    private bool Put(CatalogueRow row)
    {
        var old = Read("SELECT stamp, list FROM document WHERE id = $id", found => (Stamp: found.GetInt64(0), List: found.GetValue(1)), ("$id", row.Id)).FirstOrDefault();
        var stamp = row.Stamp();
        if (old.List is not null && old.Stamp == stamp)
            return false;
        using var transaction = _connection.BeginTransaction();
        var list = row.ParentId is null ? Intern(row.Readers) : Scalar("SELECT list FROM document WHERE id = $root AND parent IS NULL", ("$root", row.RootId));
        Run(
            """
            INSERT OR REPLACE INTO document (id, root, parent, list, path, date, size, foldedPath, foldedTitle, status, isFinal, hasChildren, source, type, tags, stamp)
            VALUES ($id, $root, $parent, $list, $path, $date, $size, $foldedPath, $foldedTitle, $status, $isFinal, $hasChildren, $source, $type, $tags, $stamp)
            """,
            ("$id", row.Id), ("$root", row.RootId), ("$parent", row.ParentId), ("$list", list), ("$path", row.Path), ("$date", row.Date), ("$size", row.Size),
            ("$foldedPath", CatalogueRow.Fold(row.Path)), ("$foldedTitle", CatalogueRow.Fold(row.Title)), ("$status", CatalogueRow.NameOf(row.Status)),
            ("$isFinal", row.Status.IsFinal()), ("$hasChildren", row.HasChildren), ("$source", row.Source), ("$type", row.Type), ("$tags", row.Tags), ("$stamp", stamp));
        PassOn(row.Id, row.ParentId is null ? list : null);
        Forget(old.List);
        transaction.Commit();
        return true;
    }

    private bool Remove(string id)
    {
        using var transaction = _connection.BeginTransaction();
        var list = Scalar("SELECT list FROM document WHERE id = $id", ("$id", id));
        Run("DELETE FROM document WHERE id = $id", ("$id", id));
        PassOn(id, list: null);
        Forget(list);
        transaction.Commit();
        return true;
    }

    private object Intern(string readers)
    {
        if (Scalar("SELECT number FROM list WHERE entries = $entries", ("$entries", readers)) is { } known)
            return known;
        var list = Scalar("INSERT INTO list (entries) VALUES ($entries) RETURNING number", ("$entries", readers))!;
        foreach (var entry in readers.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Run("INSERT INTO reader (entry, list) VALUES ($entry, $list)", ("$entry", entry), ("$list", list));
        return list;
    }

    private void PassOn(string root, object? list) =>
        Run("UPDATE document SET list = $list WHERE root = $root AND parent IS NOT NULL AND list IS NOT $list", ("$root", root), ("$list", list));

    /// <summary>Deletes an access list if no document uses it any more.</summary>
    private void Forget(object? list)
    {
        if (list is null or DBNull || Scalar("SELECT 1 FROM document WHERE list = $list LIMIT 1", ("$list", list)) is not null)
            return;
        Run("DELETE FROM reader WHERE list = $list", ("$list", list));
        Run("DELETE FROM list WHERE number = $list", ("$list", list));
    }

    private List<CatalogueEntry> ReadEntries(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) => Read(
        sql,
        row => new CatalogueEntry(row.GetString(0), Convert.ToString(row.GetValue(1), CultureInfo.InvariantCulture)!, row.GetInt64(2), row.GetBoolean(3)),
        parameters);

    private List<T> Read<T>(string sql, Func<SqliteDataReader, T> each, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(sql, parameters);
        using var reader = command.ExecuteReader();
        var found = new List<T>();
        while (reader.Read())
            found.Add(each(reader));
        return found;
    }

    private object? Scalar(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(sql, parameters);
        return command.ExecuteScalar() is var value and not DBNull ? value : null;
    }

    private void Run(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(sql, parameters);
        command.ExecuteNonQuery();
    }

    /// <param name="sql">SQL text of this program only; values that come from people are in <paramref name="parameters"/>.</param>
    private SqliteCommand Command(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }

    /// <summary>Runs <paramref name="use"/> alone on the database. It cannot be cancelled, so an aborted request leaves no half-done write.</summary>
    private async Task<T> UseAsync<T>(Func<T> use)
    {
        await _turn.WaitAsync(CancellationToken.None);
        try
        {
            return use();
        }
        catch (SqliteException exception)
        {
            Failure ??= exception;
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }
}
