using Npgsql;

namespace Huoma.Server.Visits.Stores;

/// <summary>Statements that go to the server together, in one round trip, each with what is done with the rows it brings.</summary>
internal sealed class PostgresCommands(NpgsqlConnection connection) : IDisposable
{
    private readonly NpgsqlBatch batch = new(connection);
    private readonly Queue<Action<NpgsqlDataReader>> readers = [];

    /// <summary>A statement that brings no rows.</summary>
    public void Add(string sql, params ReadOnlySpan<object> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }

        batch.BatchCommands.Add(command);
    }

    /// <summary>A lock: that it came back is all there is to know.</summary>
    public void Lock(string sql, params ReadOnlySpan<object> parameters) => Read(sql, static _ => { }, parameters);

    /// <param name="read">Called for each row.</param>
    public void Read(string sql, Action<NpgsqlDataReader> read, params ReadOnlySpan<object> parameters)
    {
        Add(sql, parameters);
        readers.Enqueue(read);
    }

    public void Execute()
    {
        using var reader = batch.ExecuteReader();
        while (readers.TryDequeue(out var read))
        {
            while (reader.Read())
            {
                read(reader);
            }

            reader.NextResult();
        }
    }

    /// <summary>The same for statements the last of which ends a transaction.</summary>
    /// <exception cref="CommitUnknownException">As <see cref="IVisitStore.Commit"/>.</exception>
    public void ExecuteAndCommit()
    {
        try
        {
            Execute();
        }
        catch (NpgsqlException exception) when (exception is not PostgresException { SqlState: var state } || state.StartsWith("57P", StringComparison.Ordinal))
        {
            // The server said nothing, or that it is going down (57P…): the commit may have taken place.
            throw new CommitUnknownException(exception);
        }
    }

    public void Dispose() => batch.Dispose();
}
