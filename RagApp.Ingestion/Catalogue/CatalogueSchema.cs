namespace RagApp.Ingestion.Catalogue;

/// <summary>
/// The SQL schema of a tenant's catalogue. Each distinct access list is stored once, under a number; an extracted
/// document has the list number of its upload. Each sort order has three indexes: the documents of one access list, the
/// documents inside one document, and all documents.
/// </summary>
internal static class CatalogueSchema
{
    public const string Create = """
        PRAGMA journal_mode = MEMORY;
        PRAGMA synchronous = OFF;
        PRAGMA cache_size = -16000;

        CREATE TABLE list (number INTEGER PRIMARY KEY, entries TEXT NOT NULL UNIQUE);
        CREATE TABLE reader (entry TEXT NOT NULL, list INTEGER NOT NULL, PRIMARY KEY (entry, list)) WITHOUT ROWID;
        CREATE INDEX reader_by_list ON reader (list);

        CREATE TABLE document (
            id TEXT NOT NULL UNIQUE, root TEXT NOT NULL, parent TEXT, list INTEGER,
            path TEXT NOT NULL, date INTEGER NOT NULL, size INTEGER NOT NULL,
            foldedPath TEXT NOT NULL, foldedTitle TEXT NOT NULL, status TEXT NOT NULL, isFinal INTEGER NOT NULL, hasChildren INTEGER NOT NULL,
            source TEXT NOT NULL, type TEXT NOT NULL, tags TEXT NOT NULL, stamp INTEGER NOT NULL);
        CREATE INDEX document_by_root ON document (root);
        CREATE INDEX document_in_work ON document (root) WHERE isFinal = 0;
        CREATE INDEX list_by_path ON document (list, path, id);
        CREATE INDEX list_by_date ON document (list, date, id);
        CREATE INDEX list_by_size ON document (list, size, id);
        CREATE INDEX parent_by_path ON document (parent, path, id) WHERE parent IS NOT NULL;
        CREATE INDEX parent_by_date ON document (parent, date, id) WHERE parent IS NOT NULL;
        CREATE INDEX parent_by_size ON document (parent, size, id) WHERE parent IS NOT NULL;
        CREATE INDEX all_by_path ON document (path, id, list);
        CREATE INDEX all_by_date ON document (date, id, list);
        CREATE INDEX all_by_size ON document (size, id, list);
        """;

    /// <summary>
    /// SQL condition: true when a descendant of the document <c>d</c> is not finished. Its second line is cheap and rules out
    /// most uploads.
    /// </summary>
    public static readonly string IsOpenBelow = $"""
        (d.hasChildren
         AND EXISTS (SELECT 1 FROM document o WHERE o.root = d.root AND o.isFinal = 0 AND o.id <> d.id)
         AND (d.parent IS NULL OR EXISTS ({Below("d.id")} SELECT 1 FROM below WHERE isFinal = 0)))
        """;

    /// <summary>SQL query: the number of descendants of the document <c>$id</c> by status.</summary>
    public static readonly string CountBelow = $"{Below("$id")} SELECT status, count(*) FROM below GROUP BY status";

    /// <summary>SQL of a recursive query for all descendants of a document.</summary>
    private static string Below(string id) => $"""
        WITH RECURSIVE below (id, status, isFinal) AS (
            SELECT m.id, m.status, m.isFinal FROM document m WHERE m.parent = {id}
            UNION ALL
            SELECT m.id, m.status, m.isFinal FROM document m JOIN below ON m.parent = below.id)
        """;
}
