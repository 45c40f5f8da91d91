using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Huoma.Server.Platform.Data;

/// <summary>What a database means by its error.</summary>
internal static class DatabaseErrors
{
    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;
    private const int SqliteUnique = 2067;
    private const int SqlitePrimaryKey = 1555;

    /// <summary>It could not answer in time, or not at all; the same request may succeed a moment later.</summary>
    public static bool IsBusyDatabase(this Exception exception) => exception switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode is SqliteBusy or SqliteLocked,
        NpgsqlException postgres => postgres.IsTransient,
        // EF wraps what the database says, and once more what may pass.
        DbUpdateException or InvalidOperationException => exception.InnerException?.IsBusyDatabase() == true,
        _ => false,
    };

    /// <summary>A value that must be there only once is there already.</summary>
    public static bool IsDuplicate(this DbUpdateException exception) => exception.InnerException switch
    {
        SqliteException sqlite => sqlite.SqliteExtendedErrorCode is SqliteUnique or SqlitePrimaryKey,
        PostgresException postgres => string.Equals(postgres.SqlState, PostgresErrorCodes.UniqueViolation, StringComparison.Ordinal),
        _ => false,
    };
}
