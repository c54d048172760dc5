"""The nouns: what a content file may say.

Every scalar reaches these models as text; a field's type decides what it means. One declaration gives the checks,
the JSON Schema (`schemas/`), the codebook page and the scaffold. Fields carry no labels: words for people stand in
`templates/interface/<language>.yml`.
"""
