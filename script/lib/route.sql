-- Route the lines of the file :lines into the file :routes, a line of focus and score each.
CREATE TEMP TABLE lines (
    n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    message text NOT NULL
);
COPY lines (message) FROM :'lines';
COPY (
    SELECT coalesce(aria_engine.focus_route(message), ''), to_char(coalesce(score, 0.1), 'FM0.0999')
    FROM lines LEFT JOIN LATERAL aria_engine.focus_rank(message, 1) ON true
    ORDER BY n
) TO :'routes';
